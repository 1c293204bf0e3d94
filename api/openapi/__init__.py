"""The OpenAPI 3.1 document: made from the application, committed as `app/openapi.json`."""
