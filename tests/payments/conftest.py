"""One real provider process for all tests of adapters; each test has keys of its own in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from kiosk.domain.ids import OperationKey
from kiosk.payments.simulator import SimulatorAdapter
from kiosk.payments.simulator.process import OwnProcess


@pytest.fixture(scope="session", autouse=True)
def provider_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnProcess]:
    """Runs before the first test looks for what is left behind, and is not killed by any."""
    process = OwnProcess(
        tmp_path_factory.mktemp("provider") / "books.jsonl",
        options=["--fee-bp", "150", "--fee-fixed-minor", "25", "--chargeback-fee-minor", "1500"],
    )
    assert SimulatorAdapter(process).health()
    yield process
    process.close()


@pytest.fixture
def over_http(provider_process: OwnProcess) -> SimulatorAdapter:
    """An adapter that authorises, over real HTTP, without faults of the test before."""
    adapter = SimulatorAdapter(provider_process, authorises=True)
    adapter.fault_next()
    adapter.let_go()
    while adapter.poll_notices():
        pass
    return adapter


@pytest.fixture
def key(request: pytest.FixtureRequest) -> Callable[[str], OperationKey]:
    """Makes keys that belong to this test alone."""
    own = str(abs(hash(request.node.nodeid)))
    return lambda name: OperationKey(f"{own}:{name}")
