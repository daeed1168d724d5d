"""What is shown: the closed lists of codes, and the nouns of a campaign with the facts each can have.

Nothing here knows a value; `lastlook.facts` holds what is known of a campaign, and how it is known.
"""
