"""Evidence: bytes that convince somebody who trusts nobody here. It knows bytes only, and no campaigns.

`canonical` writes values one way, `merkle` and `log` keep them in a tree, `notes` and `checkpoints` sign what the tree
holds, `tlog_proof` carries a proof, `dsse` and `statements` sign documents, `sshsig` is how people sign,
`commitments` keep personal data out, `archive` is how all of it travels.
"""
