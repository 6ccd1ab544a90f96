"""Counting: an incident's claims, from many reports, into one number killed and one number injured.

One public function, `counts_of`. It is a profile: it chooses one figure where the sources may differ, by a rule that is
the same for all of them, and names the claims it used. The positions of the sources are in the dossier, not here.
"""

from variorum.reconciling.counting.counts import Counts, counts_of

__all__ = ["Counts", "counts_of"]
