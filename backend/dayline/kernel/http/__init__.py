"""HTTP requests and responses: problems, paging, idempotency, the OpenAPI document."""
