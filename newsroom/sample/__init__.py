"""The sample story: invented outlets on ``example`` domains, for a first look at the product without a token."""
