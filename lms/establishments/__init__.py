"""Establishments: the tree of tenants (nation, region, group, site), their units, branding, contacts, rules.

Nouns: Establishment, Unit, Branding, Contact, LocalRule, Profile (what holds for one node once everything is
inherited, and where each value comes from). People, courses and attempts do not belong here.
"""
