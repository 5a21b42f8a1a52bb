"""The yearly review of rights: an administrator looks at everyone, decides who keeps which role, and signs."""
