"""Rule-based extraction of quotations, attributions and claims from English news. It knows no Arrow."""
