"""What Prometheus reads: requests by route and status, their time, answers by outcome."""

from __future__ import annotations

from typing import cast

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from starlette.requests import Request

from assistant.domain import Outcome

# Answers take some 0.05 s without a language model and seconds with one.
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The counters of one app, in a registry of its own, so that apps in one process do not clash."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "assistant_requests", "HTTP requests", ("method", "route", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "assistant_request_seconds",
            "Seconds until the whole response was sent",
            ("route",),
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._answers = Counter("assistant_answers", "Answers given", ("outcome",), registry=self._registry)
        for outcome in Outcome:
            # From the start, so that a rate can be taken of an outcome that is still to come.
            self._answers.labels(outcome.value)

    def requested(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request; `route` is a template, never a path, so that the series stay few."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def answered(self, outcome: Outcome) -> None:
        """Count an answer."""
        self._answers.labels(outcome.value).inc()

    def text(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self._registry)


def metrics_of(request: Request) -> Metrics:
    """The metrics of this app."""
    return cast("Metrics", request.app.state.metrics)
