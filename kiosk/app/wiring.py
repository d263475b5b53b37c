"""Builds the object graph of a site at work, on the work thread, and takes it down again.

Importing this module loads the database and the serial port; kiosk.app does so only after the
first frame is on the screen.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from hardware.blackbox import BlackBox
from hardware.escpos import Raster
from hardware.port import PortWorker
from hardware.printer import PrintResult
from kiosk.app.aside import AsideThread
from kiosk.app.audit_key import audit_key
from kiosk.app.config import SiteFile
from kiosk.app.devices import LaneDevices, make_bus, start_lane
from kiosk.app.errors import ConfigError
from kiosk.app.pay_threads import PayThreads
from kiosk.app.places import Folders
from kiosk.app.site_store import open_site_store
from kiosk.app.ticket_keys import TicketKeyFile, ticket_keys
from kiosk.domain.ids import LaneName
from kiosk.domain.ticket import SHORT_CODE_ALPHABET
from kiosk.domain.time import Clock
from kiosk.payments.adapter import PaymentAdapter, SignedNotice
from kiosk.payments.simulator import SimulatorAdapter
from kiosk.payments.simulator.process import OwnProcess
from kiosk.services.audit_heads import HeadsFiles
from kiosk.services.core import Core
from kiosk.services.desk import offer_one_time_pin
from kiosk.services.events import PaperFailed, PaperLow, Published
from kiosk.services.found_site import found_site
from kiosk.services.housekeeping import Housekeeping
from kiosk.services.lane_control import LaneReports, unwired_lanes
from kiosk.services.lane_orders import lock_again
from kiosk.services.offers import sync_holidays
from kiosk.services.paper import Paper
from kiosk.services.payees import sync_payees
from kiosk.services.pins import ArgonPins
from kiosk.services.providers import hear
from kiosk.services.revocations import RevocationFile
from kiosk.services.tariffs import TariffFiles

_log = logging.getLogger(__name__)

TICK_AGE_MAX_S = 3.0
"""A work thread that is silent for longer is stuck: the host-alive relays drop."""


def random_code(length: int) -> str:
    """So many unguessable signs of the short codes' alphabet."""
    return "".join(secrets.choice(SHORT_CODE_ALPHABET) for _ in range(length))


class SiteAtWork:
    """A whole site: core, housekeeping, lanes, payment threads. Made and closed on one thread."""

    def __init__(
        self,
        *,
        file: SiteFile,
        folders: Folders,
        publish: Callable[[Published], None],
        post: Callable[[Callable[[], object]], None],
        on_bug: Callable[[BaseException], None],
        clock: Clock,
        toy_speed: float = 1.0,
        to_raster: Callable[[str], Raster] | None = None,
    ) -> None:
        folders.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        site = file.to_site()
        self._adapters = adapters_of(file, folders)
        refuse_currency(self._adapters, site.currency)
        store = open_site_store(folders.database, site, may_found=True)
        self._pay = PayThreads(self._adapters, on_bug=on_bug, on_notice=self._hear)
        self._aside = AsideThread(on_bug=on_bug)
        self.core = Core(
            site=site,
            store=store,
            clock=clock,
            ticket_keys=ticket_keys(folders.ticket_key),
            pins=ArgonPins(),
            random_code=random_code,
            publish=publish,
            print_paper=self._print_paper,
            run_payment=self._pay.run,
            run_aside=self._aside.run,
            post=post,
            adapters=self._adapters,
            lanes=unwired_lanes(
                (lane.name, lane.direction, lane.to_wiring()) for lane in file.lane
            ),
        )
        self._ticket_keys = TicketKeyFile(self.core, folders.ticket_key)
        self._revocations = RevocationFile(folders.revoked)
        self._reports = LaneReports(self.core)
        self._heads = HeadsFiles(
            self.core,
            (folders.audit_heads, *file.audit.heads_files()),
            key=audit_key(folders.audit_key),
        )
        self._blackbox = BlackBox(folders.blackbox, now=clock.now)
        self.devices: dict[LaneName, LaneDevices] = {}
        self.buses: list[PortWorker] = []
        self._found(file)
        self.one_time_pin = self._offer_one_time_pin(file.desk.first_attendant)
        """Of the first attendant, until an own one was chosen."""
        tariffs = TariffFiles(
            self.core, areas=file.tariff_files(), owners=file.owners_tariff_files()
        )
        self.housekeeping = Housekeeping(self.core, tariffs)
        self.housekeeping.recover()
        self._ticked_at_s = time.monotonic()
        self._start_lanes(file, folders.devices, toy_speed=toy_speed, to_raster=to_raster)

    def _found(self, file: SiteFile) -> None:
        try:
            found_site(self.core, file.to_plan)
            sync_holidays(self.core)
            sync_payees(self.core, file.to_payees())
        except ConfigError:
            self.close()
            raise

    def _start_lanes(
        self,
        file: SiteFile,
        folder: Path,
        *,
        toy_speed: float,
        to_raster: Callable[[str], Raster] | None,
    ) -> None:
        self.buses = [make_bus(bus) for bus in file.bus]
        on_buses = {
            board.name: worker.board(board.name)
            for worker, bus in zip(self.buses, file.bus, strict=True)
            for board in bus.board
        }
        for lane in file.lane:
            devices = start_lane(
                lane,
                on_buses=on_buses,
                folder=folder,
                listener=self._reports,
                on_code=self.code_scanned,
                on_alarm=self._blackbox.keep,
                is_host_alive=self._is_working,
                toy_speed=toy_speed,
                to_raster=to_raster,
            )
            self.devices[devices.name] = devices
            self.core.lanes[devices.name].control = devices.runner
        lock_again(self.core)
        for worker in self.buses:
            worker.start()

    def code_scanned(self, lane: LaneName, text: str) -> None:
        """A scanner has read a code, serial or as keys; from any thread."""
        self._reports.code_scanned(lane, text)

    def tick(self) -> None:
        """Do what is due by now, with the keys that its operator has given the site."""
        self._ticked_at_s = time.monotonic()
        self._pay.look()
        self._ticket_keys.look()
        self._reports.keep_evidence()
        self._heads.look()
        self.housekeeping.tick()
        self._revocations.keep_of(self.core)

    def close(self) -> None:
        """Payments end, buses go to their safe state, the store is closed: in this order."""
        for adapter in self._adapters.values():
            adapter.close()
        self._pay.close()
        self._aside.close()
        for devices in self.devices.values():
            devices.stop()
        for worker in self.buses:
            worker.stop()
        self._blackbox.close()
        self._reports.keep_evidence()
        self._heads.sign("close")
        self.core.store.close()

    def _is_working(self) -> bool:
        """Whether this thread still comes round; asked by the lanes' threads."""
        return time.monotonic() - self._ticked_at_s < TICK_AGE_MAX_S

    def _offer_one_time_pin(self, name: str) -> str | None:
        one_time_pin = f"{secrets.randbelow(10**6):06d}"
        is_offered = offer_one_time_pin(self.core, name=name, one_time_pin=one_time_pin)
        return one_time_pin if is_offered else None

    def _hear(self, adapter: str, notice: SignedNotice) -> None:
        """From a payment thread: a notice is a hint that the work thread follows."""
        self.core.post(lambda: hear(self.core, adapter, notice.headers, notice.body))

    def _print_paper(self, lane: LaneName, paper: Paper) -> None:
        devices = self.devices.get(lane)
        if devices is None:
            return

        def printed(result: PrintResult) -> None:
            if not result.is_printed:
                _log.info("paper.failed lane=%s why=%s", lane, result.value)
                is_mute = result is PrintResult.UNVERIFIED
                tell(PaperFailed(lane, result.value, may_be_there=is_mute))
            elif result is PrintResult.PAPER_LOW:
                tell(PaperLow(lane))

        def tell(event: Published) -> None:
            # After the command that asked for the paper: its own answer wipes the screen first.
            self.core.post(lambda: self.core.publish(event))

        devices.print_paper(paper, printed)


def refuse_currency(adapters: Mapping[str, PaymentAdapter], currency: str) -> None:
    """ConfigError when a provider cannot take the site's money."""
    for name, adapter in adapters.items():
        taken = adapter.capabilities.currencies
        if taken is not None and currency not in taken:
            raise ConfigError(
                f"[payments] {name}: it takes {', '.join(sorted(taken))}, not {currency}"
            )


def adapters_of(file: SiteFile, folders: Folders) -> dict[str, SimulatorAdapter]:
    """The providers that the site file names; a pretended one starts at its first question."""
    if not file.payments.simulator:
        return {}
    authorises = file.payments.simulator_authorises
    own_process = OwnProcess(folders.simulator_books)
    return {"simulator": SimulatorAdapter(own_process, authorises=authorises)}
