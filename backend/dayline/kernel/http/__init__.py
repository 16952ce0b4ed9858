"""Requests and answers: problems, paging, idempotency, the OpenAPI document."""
