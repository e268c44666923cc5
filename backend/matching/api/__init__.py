"""Proposals, meetings and rankings in the API: the same scopes and services as the pages."""
