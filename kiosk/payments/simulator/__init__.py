"""A pretended card provider in a process of its own, with settable faults, and its adapter.

`provider` decides, `front` speaks its JSON, `server` is the process, `transport`, `over_http`
and `process` are the ways to it, `adapter` keeps the promise of PaymentAdapter.
"""

from kiosk.payments.simulator.adapter import SimulatorAdapter, in_process
from kiosk.payments.simulator.faults import SimulatedFault

__all__ = ["SimulatedFault", "SimulatorAdapter", "in_process"]
