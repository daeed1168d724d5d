"""Who held which choice, by whose authority: decision rights and the claims a campaign folder makes about them."""

from lastlook.decisions.claims import Claim, Claims, Holder

__all__ = ["Claim", "Claims", "Holder"]
