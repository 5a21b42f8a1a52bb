"""Letters waiting to leave. Queued in the transaction of the change; `delivery` renders and sends them."""
