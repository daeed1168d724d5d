"""What people did about a campaign, and what it adds up to: reviews, answers, vetoes, and the clearance.

`acts` are the entries of a record, `history` is a record as it was read, `situation` is what it is asked about, and
`clearing` says what stands in the way. `document`, `receipts` and `bundles` are what leaves the house, `verifying` is
what an outsider does with it.
"""
