"""Containers, Compose, Kubernetes and Grafana; docs/operating.md tells how."""
