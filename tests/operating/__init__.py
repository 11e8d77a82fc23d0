"""Two engines, two gateways, Redis and Postgres on one machine: what happens when any of them breaks."""
