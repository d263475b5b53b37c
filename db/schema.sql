CREATE TABLE "account" (
  "name" TEXT NOT NULL,
  "currency" TEXT NOT NULL,
  "debits_minor" INTEGER NOT NULL,
  "credits_minor" INTEGER NOT NULL,
  "is_guarded" INTEGER NOT NULL,
  PRIMARY KEY ("name", "currency"),
  CHECK (length(currency) = 3),
  CHECK (min(debits_minor, credits_minor) >= 0),
  CHECK (is_guarded IN (0, 1)),
  CONSTRAINT "account_guard" CHECK (is_guarded = 0 OR debits_minor <= credits_minor)
) STRICT, WITHOUT ROWID;

CREATE TABLE "area" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "code" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "level" INTEGER NOT NULL,
  "width_mm" INTEGER NOT NULL,
  "depth_mm" INTEGER NOT NULL,
  "tariff_id" INTEGER NOT NULL,
  "split_terms_id" INTEGER NOT NULL,
  FOREIGN KEY ("tariff_id") REFERENCES "tariff" ("id"),
  FOREIGN KEY ("split_terms_id") REFERENCES "split_terms" ("id"),
  CHECK (width_mm > 0),
  CHECK (depth_mm > 0)
) STRICT;

CREATE UNIQUE INDEX "area_code" ON "area" ("code");

CREATE TABLE "attendant" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "name" TEXT NOT NULL,
  "pin_hash" TEXT NOT NULL,
  "is_one_time" INTEGER NOT NULL,
  "wrong_pins" INTEGER NOT NULL,
  "locked_until" INTEGER,
  "is_blocked" INTEGER NOT NULL DEFAULT 0 CHECK (is_blocked IN (0, 1)),
  "is_confirmed" INTEGER NOT NULL DEFAULT 0 CHECK (is_confirmed IN (0, 1)),
  CHECK (is_one_time IN (0, 1)),
  CHECK (wrong_pins >= 0)
) STRICT;

CREATE UNIQUE INDEX "attendant_name" ON "attendant" ("name");

CREATE TABLE "audit" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "at" INTEGER NOT NULL,
  "actor_kind" TEXT NOT NULL,
  "actor_name" TEXT NOT NULL,
  "action" TEXT NOT NULL,
  "lane" TEXT,
  "reservation_id" INTEGER,
  "detail" TEXT NOT NULL,
  "facts" TEXT,
  "hash" TEXT NOT NULL,
  "stay_hash" TEXT,
  FOREIGN KEY ("reservation_id") REFERENCES "reservation" ("id"),
  CHECK (length(action) > 0),
  CHECK (facts IS NULL OR json_valid(facts)),
  CHECK (length(hash) = 64),
  CHECK ((stay_hash IS NULL) = (reservation_id IS NULL))
) STRICT;

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;

CREATE INDEX "audit_reservation_id" ON "audit" ("reservation_id");

CREATE TABLE "authorisation" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "reservation_id" INTEGER NOT NULL,
  "account" TEXT NOT NULL,
  "amount_minor" INTEGER NOT NULL,
  "currency" TEXT NOT NULL,
  "operation_key" TEXT,
  "made_at" INTEGER NOT NULL,
  "expires_at" INTEGER,
  FOREIGN KEY ("reservation_id") REFERENCES "reservation" ("id"),
  CHECK (amount_minor > 0),
  CHECK (length(currency) = 3),
  CHECK (expires_at > made_at),
  FOREIGN KEY (operation_key) REFERENCES operation(key)
) STRICT;

CREATE INDEX "authorisation_account" ON "authorisation" ("account");

CREATE INDEX "authorisation_expires_at" ON "authorisation" ("expires_at");

CREATE TRIGGER authorisation_no_delete BEFORE DELETE ON authorisation BEGIN SELECT RAISE(ABORT, 'authorisation is append-only'); END;

CREATE TRIGGER authorisation_no_update BEFORE UPDATE ON authorisation BEGIN SELECT RAISE(ABORT, 'authorisation is append-only'); END;

CREATE INDEX "authorisation_reservation_id" ON "authorisation" ("reservation_id");

CREATE TABLE "authorisation_end" (
  "authorisation_id" INTEGER NOT NULL PRIMARY KEY,
  "how" TEXT NOT NULL,
  "posted_minor" INTEGER NOT NULL,
  "at" INTEGER NOT NULL,
  FOREIGN KEY ("authorisation_id") REFERENCES "authorisation" ("id"),
  CHECK (how IN ('posted', 'voided', 'expired')),
  CHECK ((how = 'posted') = (posted_minor > 0))
) STRICT;

CREATE TRIGGER authorisation_end_no_delete BEFORE DELETE ON authorisation_end BEGIN SELECT RAISE(ABORT, 'authorisation_end is append-only'); END;

CREATE TRIGGER authorisation_end_no_update BEFORE UPDATE ON authorisation_end BEGIN SELECT RAISE(ABORT, 'authorisation_end is append-only'); END;

CREATE TRIGGER authorisation_end_within BEFORE INSERT ON authorisation_end
WHEN NEW.posted_minor > (SELECT amount_minor FROM authorisation WHERE id = NEW.authorisation_id)
BEGIN
  SELECT RAISE(ABORT, 'no more is posted than was authorised');
END;

CREATE TABLE "change" (
  "reservation_id" INTEGER NOT NULL PRIMARY KEY,
  "space_id" INTEGER NOT NULL,
  "t0" INTEGER NOT NULL,
  "t1" INTEGER NOT NULL,
  "quote_minor" INTEGER NOT NULL,
  "tariff_id" INTEGER NOT NULL,
  "split_terms_id" INTEGER NOT NULL,
  "pay_until" INTEGER NOT NULL,
  FOREIGN KEY ("reservation_id") REFERENCES "reservation" ("id"),
  FOREIGN KEY ("space_id") REFERENCES "space" ("id"),
  FOREIGN KEY ("tariff_id") REFERENCES "tariff" ("id"),
  FOREIGN KEY ("split_terms_id") REFERENCES "split_terms" ("id"),
  CHECK (t1 > t0),
  CHECK (quote_minor >= 0)
) STRICT;

CREATE INDEX "change_space_id" ON "change" ("space_id");

CREATE TABLE "chargeback" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "reservation_id" INTEGER NOT NULL,
  "adapter" TEXT NOT NULL,
  "reference" TEXT NOT NULL,
  "amount_minor" INTEGER NOT NULL,
  "fee_minor" INTEGER NOT NULL,
  "currency" TEXT NOT NULL,
  "opened_at" INTEGER NOT NULL,
  "answer_by" INTEGER,
  FOREIGN KEY ("reservation_id") REFERENCES "reservation" ("id"),
  UNIQUE (adapter, reference),
  CHECK (length(adapter) > 0),
  CHECK (length(reference) > 0),
  CHECK (amount_minor > 0),
  CHECK (fee_minor >= 0),
  CHECK (length(currency) = 3)
) STRICT;

CREATE TRIGGER chargeback_no_delete BEFORE DELETE ON chargeback BEGIN SELECT RAISE(ABORT, 'chargeback is append-only'); END;

CREATE TRIGGER chargeback_no_update BEFORE UPDATE ON chargeback BEGIN SELECT RAISE(ABORT, 'chargeback is append-only'); END;

CREATE INDEX "chargeback_reservation_id" ON "chargeback" ("reservation_id");

CREATE TABLE "chargeback_turn" (
  "chargeback_id" INTEGER NOT NULL,
  "number" INTEGER NOT NULL,
  "how" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  PRIMARY KEY ("chargeback_id", "number"),
  FOREIGN KEY ("chargeback_id") REFERENCES "chargeback" ("id"),
  CHECK (number > 0),
  CHECK (how IN ('won', 'lost'))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER chargeback_turn_no_delete BEFORE DELETE ON chargeback_turn BEGIN SELECT RAISE(ABORT, 'chargeback_turn is append-only'); END;

CREATE TRIGGER chargeback_turn_no_update BEFORE UPDATE ON chargeback_turn BEGIN SELECT RAISE(ABORT, 'chargeback_turn is append-only'); END;

CREATE TRIGGER chargeback_turns BEFORE INSERT ON chargeback_turn
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM chargeback_turn
                    WHERE chargeback_id = NEW.chargeback_id)
  OR NEW.how = (SELECT how FROM chargeback_turn
                WHERE chargeback_id = NEW.chargeback_id AND number = NEW.number - 1)
BEGIN
  SELECT RAISE(ABORT, 'a chargeback turns from one end to the other');
END;

CREATE TABLE "closure" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "space_id" INTEGER NOT NULL,
  "t0" INTEGER NOT NULL,
  "t1" INTEGER NOT NULL,
  "reason" TEXT NOT NULL,
  FOREIGN KEY ("space_id") REFERENCES "space" ("id"),
  CHECK (t1 > t0),
  CHECK (length(reason) > 0)
) STRICT;

CREATE INDEX "closure_space_id" ON "closure" ("space_id");

CREATE TABLE "correction" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "note_number" INTEGER,
  "receipt_number" INTEGER,
  "reservation_id" INTEGER NOT NULL,
  "cause" TEXT NOT NULL,
  "total_minor" INTEGER NOT NULL,
  "tax_minor" INTEGER NOT NULL,
  "owner_minor" INTEGER NOT NULL,
  "commission_minor" INTEGER NOT NULL,
  "vat_minor" INTEGER NOT NULL,
  "manager_minor" INTEGER NOT NULL,
  "currency" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  "by" TEXT NOT NULL,
  FOREIGN KEY ("receipt_number") REFERENCES "receipt" ("number"),
  FOREIGN KEY ("reservation_id") REFERENCES "reservation" ("id"),
  CHECK (cause IN ('refund', 'goodwill', 'chargeback')),
  CHECK ((note_number IS NULL) = (cause = 'chargeback')),
  CHECK (total_minor <> 0 AND (cause = 'chargeback' OR total_minor > 0)),
  CHECK (owner_minor + commission_minor + vat_minor + manager_minor = iif(cause = 'goodwill', 0, total_minor)),
  CHECK (abs(tax_minor) <= abs(total_minor)),
  CHECK (length(currency) = 3),
  CHECK (length(reason) > 0),
  CHECK (length(by) > 0)
) STRICT;

CREATE TRIGGER correction_no_delete BEFORE DELETE ON correction BEGIN SELECT RAISE(ABORT, 'correction is append-only'); END;

CREATE TRIGGER correction_no_update BEFORE UPDATE ON correction BEGIN SELECT RAISE(ABORT, 'correction is append-only'); END;

CREATE UNIQUE INDEX "correction_note_number" ON "correction" ("note_number");

CREATE TRIGGER correction_number BEFORE INSERT ON correction
WHEN NEW.note_number <> (SELECT coalesce(max(note_number), 0) + 1 FROM correction)
BEGIN
  SELECT RAISE(ABORT, 'numbers of corrective receipts have no gaps');
END;

CREATE INDEX "correction_receipt_number" ON "correction" ("receipt_number");

CREATE INDEX "correction_reservation_id" ON "correction" ("reservation_id");

CREATE TABLE "debt" (
  "code" TEXT NOT NULL PRIMARY KEY,
  "reservation_id" INTEGER NOT NULL,
  "receipt_number" INTEGER,
  "amount_minor" INTEGER NOT NULL,
  "currency" TEXT NOT NULL,
  "why" TEXT NOT NULL,
  "made_at" INTEGER NOT NULL,
  "pay_until" INTEGER NOT NULL,
  FOREIGN KEY ("reservation_id") REFERENCES "reservation" ("id"),
  CHECK (length(code) > 0),
  CHECK (amount_minor > 0),
  CHECK (length(currency) = 3),
  CHECK (why IN ('declined', 'in-doubt', 'unreachable', 'capture-failed')),
  CHECK (pay_until > made_at)
) STRICT;

CREATE INDEX "debt_made_at" ON "debt" ("made_at");

CREATE TRIGGER debt_no_delete BEFORE DELETE ON debt BEGIN SELECT RAISE(ABORT, 'debt is append-only'); END;

CREATE TRIGGER debt_no_update BEFORE UPDATE ON debt BEGIN SELECT RAISE(ABORT, 'debt is append-only'); END;

CREATE INDEX "debt_reservation_id" ON "debt" ("reservation_id");

CREATE TABLE "debt_end" (
  "debt_code" TEXT NOT NULL PRIMARY KEY,
  "how" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  FOREIGN KEY ("debt_code") REFERENCES "debt" ("code"),
  CHECK (how IN ('paid', 'written-off'))
) STRICT;

CREATE TRIGGER debt_end_no_delete BEFORE DELETE ON debt_end BEGIN SELECT RAISE(ABORT, 'debt_end is append-only'); END;

CREATE TRIGGER debt_end_no_update BEFORE UPDATE ON debt_end BEGIN SELECT RAISE(ABORT, 'debt_end is append-only'); END;

CREATE TABLE "debt_lowering" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "debt_code" TEXT NOT NULL,
  "amount_minor" INTEGER NOT NULL,
  "at" INTEGER NOT NULL,
  FOREIGN KEY ("debt_code") REFERENCES "debt" ("code"),
  CHECK (amount_minor > 0)
) STRICT;

CREATE INDEX "debt_lowering_debt_code" ON "debt_lowering" ("debt_code");

CREATE TRIGGER debt_lowering_no_delete BEFORE DELETE ON debt_lowering BEGIN SELECT RAISE(ABORT, 'debt_lowering is append-only'); END;

CREATE TRIGGER debt_lowering_no_update BEFORE UPDATE ON debt_lowering BEGIN SELECT RAISE(ABORT, 'debt_lowering is append-only'); END;

CREATE TABLE "dispute" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "reservation_id" INTEGER NOT NULL,
  "kind" TEXT NOT NULL,
  "words" TEXT NOT NULL,
  "opened_at" INTEGER NOT NULL,
  "opened_by" TEXT NOT NULL,
  FOREIGN KEY ("reservation_id") REFERENCES "reservation" ("id"),
  CHECK (kind IN ('could-not-park', 'charges')),
  CHECK (length(words) > 0),
  CHECK (length(opened_by) > 0)
) STRICT;

CREATE TRIGGER dispute_no_delete BEFORE DELETE ON dispute BEGIN SELECT RAISE(ABORT, 'dispute is append-only'); END;

CREATE TRIGGER dispute_no_update BEFORE UPDATE ON dispute BEGIN SELECT RAISE(ABORT, 'dispute is append-only'); END;

CREATE TRIGGER dispute_one_at_a_time BEFORE INSERT ON dispute
WHEN EXISTS (SELECT 1 FROM dispute d LEFT JOIN dispute_end e ON e.dispute_id = d.id
             WHERE d.reservation_id = NEW.reservation_id AND e.dispute_id IS NULL)
BEGIN
  SELECT RAISE(ABORT, 'a reservation has one open dispute at most');
END;

CREATE INDEX "dispute_reservation_id" ON "dispute" ("reservation_id");

CREATE TABLE "dispute_end" (
  "dispute_id" INTEGER NOT NULL PRIMARY KEY,
  "how" TEXT NOT NULL,
  "refunded_minor" INTEGER NOT NULL,
  "words" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  "by" TEXT NOT NULL,
  FOREIGN KEY ("dispute_id") REFERENCES "dispute" ("id"),
  CHECK (how IN ('upheld', 'refused')),
  CHECK ((how = 'upheld') = (refunded_minor > 0)),
  CHECK (refunded_minor >= 0),
  CHECK (length(words) > 0),
  CHECK (length(by) > 0)
) STRICT;

CREATE TRIGGER dispute_end_no_delete BEFORE DELETE ON dispute_end BEGIN SELECT RAISE(ABORT, 'dispute_end is append-only'); END;

CREATE TRIGGER dispute_end_no_update BEFORE UPDATE ON dispute_end BEGIN SELECT RAISE(ABORT, 'dispute_end is append-only'); END;

CREATE TABLE "driver" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "person_id" INTEGER NOT NULL,
  "pass_code" TEXT NOT NULL,
  "pin_hash" TEXT NOT NULL,
  "wrong_pins" INTEGER NOT NULL,
  "locked_until" INTEGER,
  FOREIGN KEY ("person_id") REFERENCES "person" ("id"),
  CHECK (wrong_pins >= 0)
) STRICT;

CREATE UNIQUE INDEX "driver_pass_code" ON "driver" ("pass_code");

CREATE INDEX "driver_person_id" ON "driver" ("person_id");

CREATE TABLE "due" (
  "reservation_id" INTEGER NOT NULL,
  "kind" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  PRIMARY KEY ("reservation_id", "kind"),
  FOREIGN KEY ("reservation_id") REFERENCES "reservation" ("id"),
  CHECK ((kind = 'pending-runs-out' OR kind = 'start-missed' OR kind = 'change-runs-out' OR kind = 'stay-runs-late'))
) STRICT, WITHOUT ROWID;

CREATE INDEX "due_at" ON "due" ("at");

CREATE TABLE "fleet" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "name" TEXT NOT NULL,
  "address" TEXT NOT NULL,
  "tax_number" TEXT NOT NULL,
  "credit_limit_minor" INTEGER NOT NULL,
  "currency" TEXT NOT NULL,
  "is_active" INTEGER NOT NULL,
  CHECK (length(name) > 0),
  CHECK (credit_limit_minor >= 0),
  CHECK (length(currency) = 3),
  CHECK (is_active IN (0, 1))
) STRICT;

CREATE UNIQUE INDEX "fleet_name" ON "fleet" ("name");

CREATE TABLE "fleet_pass" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "fleet_id" INTEGER NOT NULL,
  "code" TEXT NOT NULL,
  "pin_hash" TEXT NOT NULL,
  "wrong_pins" INTEGER NOT NULL,
  "locked_until" INTEGER,
  "is_active" INTEGER NOT NULL,
  FOREIGN KEY ("fleet_id") REFERENCES "fleet" ("id"),
  CHECK (length(code) > 0),
  CHECK (wrong_pins >= 0),
  CHECK (is_active IN (0, 1))
) STRICT;

CREATE UNIQUE INDEX "fleet_pass_code" ON "fleet_pass" ("code");

CREATE INDEX "fleet_pass_fleet_id" ON "fleet_pass" ("fleet_id");

CREATE TABLE "free_gap" (
  "space_id" INTEGER NOT NULL,
  "t0" INTEGER NOT NULL,
  "t1" INTEGER NOT NULL,
  "notice_s" INTEGER NOT NULL,
  "shortest_s" INTEGER NOT NULL,
  "longest_s" INTEGER NOT NULL,
  PRIMARY KEY ("space_id", "t0"),
  FOREIGN KEY ("space_id") REFERENCES "space" ("id"),
  CHECK (t1 > t0)
) STRICT, WITHOUT ROWID;

CREATE TABLE "held_refund" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "chargeback_id" INTEGER NOT NULL,
  "journal_key" TEXT NOT NULL,
  "original" TEXT,
  "amount_minor" INTEGER NOT NULL,
  "at" INTEGER NOT NULL,
  FOREIGN KEY ("chargeback_id") REFERENCES "chargeback" ("id"),
  CHECK (length(journal_key) > 0),
  CHECK (amount_minor > 0),
  FOREIGN KEY (original) REFERENCES operation(key)
) STRICT;

CREATE INDEX "held_refund_chargeback_id" ON "held_refund" ("chargeback_id");

CREATE TRIGGER held_refund_no_delete BEFORE DELETE ON held_refund BEGIN SELECT RAISE(ABORT, 'held_refund is append-only'); END;

CREATE TRIGGER held_refund_no_update BEFORE UPDATE ON held_refund BEGIN SELECT RAISE(ABORT, 'held_refund is append-only'); END;

CREATE TABLE "holiday" (
  "day" TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE "horizon" (
  "space_id" INTEGER NOT NULL PRIMARY KEY,
  "until" INTEGER NOT NULL,
  FOREIGN KEY ("space_id") REFERENCES "space" ("id")
) STRICT;

CREATE TABLE "invoice" (
  "number" INTEGER NOT NULL PRIMARY KEY,
  "fleet_id" INTEGER,
  "shop_id" INTEGER,
  "month" TEXT NOT NULL,
  "amount_minor" INTEGER NOT NULL,
  "tax_minor" INTEGER NOT NULL,
  "currency" TEXT NOT NULL,
  "issued_at" INTEGER NOT NULL,
  "due_at" INTEGER NOT NULL,
  "pdf" BLOB NOT NULL,
  "csv" BLOB NOT NULL,
  FOREIGN KEY ("fleet_id") REFERENCES "fleet" ("id"),
  FOREIGN KEY ("shop_id") REFERENCES "shop" ("id"),
  CHECK ((fleet_id IS NULL) <> (shop_id IS NULL)),
  CHECK (length(month) = 7),
  CHECK (amount_minor > 0),
  CHECK (length(currency) = 3),
  CHECK (due_at >= issued_at)
) STRICT;

CREATE INDEX "invoice_fleet_id" ON "invoice" ("fleet_id");

CREATE TRIGGER invoice_no_delete BEFORE DELETE ON invoice BEGIN SELECT RAISE(ABORT, 'invoice is append-only'); END;

CREATE TRIGGER invoice_no_update BEFORE UPDATE ON invoice BEGIN SELECT RAISE(ABORT, 'invoice is append-only'); END;

CREATE TRIGGER invoice_number BEFORE INSERT ON invoice
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM invoice)
BEGIN
  SELECT RAISE(ABORT, 'invoice numbers have no gaps');
END;

CREATE INDEX "invoice_shop_id" ON "invoice" ("shop_id");

CREATE TABLE "invoice_line" (
  "invoice_id" INTEGER NOT NULL,
  "number" INTEGER NOT NULL,
  "journal_id" INTEGER NOT NULL,
  "transfer_number" INTEGER NOT NULL,
  "at" INTEGER NOT NULL,
  "reservation_id" INTEGER NOT NULL,
  "receipt_id" INTEGER,
  "space" TEXT NOT NULL,
  "minutes" INTEGER NOT NULL,
  "amount_minor" INTEGER NOT NULL,
  "tax_minor" INTEGER NOT NULL,
  PRIMARY KEY ("invoice_id", "number"),
  FOREIGN KEY ("invoice_id") REFERENCES "invoice" ("number"),
  FOREIGN KEY ("journal_id") REFERENCES "journal" ("id"),
  FOREIGN KEY ("reservation_id") REFERENCES "reservation" ("id"),
  FOREIGN KEY ("receipt_id") REFERENCES "receipt" ("number"),
  CHECK (minutes >= 0),
  CHECK (amount_minor <> 0)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX "invoice_line_journal_id_transfer_number" ON "invoice_line" ("journal_id", "transfer_number");

CREATE TRIGGER invoice_line_no_delete BEFORE DELETE ON invoice_line BEGIN SELECT RAISE(ABORT, 'invoice_line is append-only'); END;

CREATE TRIGGER invoice_line_no_update BEFORE UPDATE ON invoice_line BEGIN SELECT RAISE(ABORT, 'invoice_line is append-only'); END;

CREATE INDEX "invoice_line_receipt_id" ON "invoice_line" ("receipt_id");

CREATE INDEX "invoice_line_reservation_id" ON "invoice_line" ("reservation_id");

CREATE TABLE "invoice_payment" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "invoice_id" INTEGER NOT NULL,
  "amount_minor" INTEGER NOT NULL,
  "at" INTEGER NOT NULL,
  FOREIGN KEY ("invoice_id") REFERENCES "invoice" ("number"),
  CHECK (amount_minor > 0)
) STRICT;

CREATE INDEX "invoice_payment_invoice_id" ON "invoice_payment" ("invoice_id");

CREATE TRIGGER invoice_payment_no_delete BEFORE DELETE ON invoice_payment BEGIN SELECT RAISE(ABORT, 'invoice_payment is append-only'); END;

CREATE TRIGGER invoice_payment_no_update BEFORE UPDATE ON invoice_payment BEGIN SELECT RAISE(ABORT, 'invoice_payment is append-only'); END;

CREATE TABLE "journal" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "key" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "reservation_id" INTEGER,
  "at" INTEGER NOT NULL,
  FOREIGN KEY ("reservation_id") REFERENCES "reservation" ("id"),
  CHECK (length(key) > 0),
  CHECK (length(kind) > 0)
) STRICT;

CREATE UNIQUE INDEX "journal_key" ON "journal" ("key");

CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;

CREATE INDEX "journal_reservation_id" ON "journal" ("reservation_id");

CREATE TABLE "lane_lock" (
  "lane" TEXT NOT NULL PRIMARY KEY,
  "reason" TEXT NOT NULL,
  "locked_at" INTEGER NOT NULL,
  CHECK (length(reason) > 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE "listed_site" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "source" TEXT NOT NULL,
  "key" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "latitude_udeg" INTEGER,
  "longitude_udeg" INTEGER,
  "spaces" INTEGER,
  "accessible" INTEGER,
  "chargers" INTEGER,
  "decks" INTEGER,
  "height_mm" INTEGER,
  "kind" TEXT,
  UNIQUE (source, key),
  CHECK (source IN ('parkapi', 'sbb', 'db', 'hdb')),
  CHECK (length(key) > 0),
  CHECK (length(name) > 0),
  CHECK ((latitude_udeg IS NULL) = (longitude_udeg IS NULL)),
  CHECK (abs(latitude_udeg) <= 90000000),
  CHECK (abs(longitude_udeg) <= 180000000),
  CHECK (spaces BETWEEN 1 AND 20000),
  CHECK (accessible BETWEEN 0 AND 20000),
  CHECK (chargers BETWEEN 0 AND 20000),
  CHECK (decks > 0),
  CHECK (height_mm > 0),
  CHECK (kind IN ('surface', 'street', 'deck', 'multi-storey', 'basement', 'covered', 'mechanical', 'mixed'))
) STRICT;

CREATE TABLE "missing_end" (
  "operation_key" TEXT NOT NULL PRIMARY KEY,
  "how" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  FOREIGN KEY ("operation_key") REFERENCES "missing_operation" ("operation_key"),
  CHECK (how IN ('reported', 'explained'))
) STRICT;

CREATE TRIGGER missing_end_no_delete BEFORE DELETE ON missing_end BEGIN SELECT RAISE(ABORT, 'missing_end is append-only'); END;

CREATE TRIGGER missing_end_no_update BEFORE UPDATE ON missing_end BEGIN SELECT RAISE(ABORT, 'missing_end is append-only'); END;

CREATE TABLE "missing_operation" (
  "operation_key" TEXT NOT NULL PRIMARY KEY,
  "at" INTEGER NOT NULL,
  FOREIGN KEY ("operation_key") REFERENCES "operation" ("key")
) STRICT;

CREATE TRIGGER missing_operation_no_delete BEFORE DELETE ON missing_operation BEGIN SELECT RAISE(ABORT, 'missing_operation is append-only'); END;

CREATE TRIGGER missing_operation_no_update BEFORE UPDATE ON missing_operation BEGIN SELECT RAISE(ABORT, 'missing_operation is append-only'); END;

CREATE TABLE "move" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "reservation_id" INTEGER NOT NULL,
  "from_space_id" INTEGER NOT NULL,
  "to_space_id" INTEGER NOT NULL,
  "at" INTEGER NOT NULL,
  "why" TEXT NOT NULL,
  FOREIGN KEY ("reservation_id") REFERENCES "reservation" ("id"),
  FOREIGN KEY ("from_space_id") REFERENCES "space" ("id"),
  FOREIGN KEY ("to_space_id") REFERENCES "space" ("id"),
  CHECK (from_space_id <> to_space_id),
  CHECK (length(why) > 0)
) STRICT;

CREATE INDEX "move_reservation_id" ON "move" ("reservation_id");

CREATE TABLE "offer" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "space_id" INTEGER NOT NULL,
  "state" TEXT NOT NULL,
  "times" TEXT NOT NULL,
  "notice_s" INTEGER NOT NULL,
  "shortest_s" INTEGER,
  "longest_s" INTEGER,
  "tariff_id" INTEGER,
  "split_terms_id" INTEGER,
  FOREIGN KEY ("space_id") REFERENCES "space" ("id"),
  FOREIGN KEY ("tariff_id") REFERENCES "tariff" ("id"),
  FOREIGN KEY ("split_terms_id") REFERENCES "split_terms" ("id"),
  CHECK (state IN ('draft', 'awaiting-proof', 'approved', 'paused', 'withdrawn')),
  CHECK (json_valid(times)),
  CHECK (notice_s >= 0),
  CHECK (shortest_s > 0),
  CHECK (longest_s >= coalesce(shortest_s, 1))
) STRICT;

CREATE UNIQUE INDEX offer_in_force ON offer(space_id) WHERE state IN ('approved', 'paused');

CREATE INDEX "offer_space_id" ON "offer" ("space_id");

CREATE TABLE "operation" (
  "key" TEXT NOT NULL PRIMARY KEY,
  "adapter" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "purpose" TEXT NOT NULL,
  "reservation_id" INTEGER,
  "amount_minor" INTEGER NOT NULL,
  "currency" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "lane" TEXT,
  "reference" TEXT,
  "original" TEXT,
  "fee_minor" INTEGER,
  "capture_before" INTEGER,
  "attempts" INTEGER NOT NULL,
  "next_at" INTEGER,
  "ends_at" INTEGER,
  "created_at" INTEGER NOT NULL,
  "changed_at" INTEGER NOT NULL,
  FOREIGN KEY ("reservation_id") REFERENCES "reservation" ("id"),
  CHECK (length(key) > 0),
  CHECK ((kind = 'collect' OR kind = 'authorise' OR kind = 'increase' OR kind = 'capture' OR kind = 'release' OR kind = 'refund')),
  CHECK ((purpose = 'deposit' OR purpose = 'change' OR purpose = 'due' OR purpose = 'debt' OR purpose = 'settlement' OR purpose = 'refund' OR purpose = 'top-up')),
  CHECK (amount_minor > 0),
  CHECK (length(currency) = 3),
  CHECK ((state = 'new' OR state = 'sent' OR state = 'pending' OR state = 'in-doubt' OR state = 'succeeded' OR state = 'declined' OR state = 'failed')),
  CHECK (attempts >= 0),
  FOREIGN KEY (original) REFERENCES operation(key)
) STRICT, WITHOUT ROWID;

CREATE INDEX operation_done ON operation(adapter, changed_at) WHERE state = 'succeeded';

CREATE INDEX "operation_reservation_id" ON "operation" ("reservation_id");

CREATE INDEX operation_unfinished ON operation(created_at, key) WHERE (state = 'new' OR state = 'sent' OR state = 'pending' OR state = 'in-doubt');

CREATE TABLE "own_site" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "number" INTEGER NOT NULL,
  "name" TEXT NOT NULL,
  CHECK (id = 1),
  CHECK (number BETWEEN 0 AND 4095),
  CHECK (length(name) > 0)
) STRICT;

CREATE TABLE "owner" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "person_id" INTEGER NOT NULL,
  "kind" TEXT NOT NULL DEFAULT 'other' CHECK (kind IN ('resident', 'office', 'shop', 'operator', 'other')),
  FOREIGN KEY ("person_id") REFERENCES "person" ("id")
) STRICT;

CREATE TABLE "passage_grant" (
  "token" TEXT NOT NULL PRIMARY KEY,
  "lane" TEXT NOT NULL,
  "direction" TEXT NOT NULL,
  "reservation_id" INTEGER,
  "attendant_id" INTEGER,
  "reason" TEXT,
  "state" TEXT NOT NULL,
  "granted_at" INTEGER NOT NULL,
  "ended_at" INTEGER,
  "why" TEXT,
  FOREIGN KEY ("reservation_id") REFERENCES "reservation" ("id"),
  FOREIGN KEY ("attendant_id") REFERENCES "attendant" ("id"),
  CHECK (direction IN ('entry', 'exit')),
  CHECK ((state = 'open' OR state = 'passed' OR state = 'void')),
  CHECK ((state = 'open') = (ended_at IS NULL)),
  CHECK ((attendant_id IS NULL) = (reason IS NULL)),
  CHECK (reservation_id IS NOT NULL OR attendant_id IS NOT NULL)
) STRICT;

CREATE UNIQUE INDEX grant_open ON passage_grant(lane) WHERE state = 'open';

CREATE INDEX grant_unreported ON passage_grant(ended_at) WHERE (why = 'restart' OR why = 'io_lost' OR why = 'fire' OR why = 'stopped' OR why = 'held' OR why = 'locked' OR why = 'loop_suspect');

CREATE INDEX "passage_grant_reservation_id" ON "passage_grant" ("reservation_id");

CREATE TABLE "payee" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "owner_id" INTEGER,
  "name" TEXT NOT NULL,
  "address" TEXT NOT NULL,
  "tax_number" TEXT NOT NULL,
  "is_small_business" INTEGER NOT NULL,
  "iban" TEXT NOT NULL,
  "bic" TEXT NOT NULL,
  FOREIGN KEY ("owner_id") REFERENCES "owner" ("id"),
  CHECK (is_small_business IN (0, 1))
) STRICT;

CREATE INDEX "payee_owner_id" ON "payee" ("owner_id");

CREATE TABLE "payer_payment" (
  "reservation_id" INTEGER NOT NULL,
  "payment" TEXT NOT NULL,
  "turn" INTEGER NOT NULL,
  PRIMARY KEY ("reservation_id", "payment"),
  FOREIGN KEY ("reservation_id") REFERENCES "reservation" ("id"),
  CHECK (length(payment) > 0),
  CHECK (turn > 0)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER payer_payment_no_delete BEFORE DELETE ON payer_payment BEGIN SELECT RAISE(ABORT, 'payer_payment is append-only'); END;

CREATE TRIGGER payer_payment_no_update BEFORE UPDATE ON payer_payment BEGIN SELECT RAISE(ABORT, 'payer_payment is append-only'); END;

CREATE TABLE "payer_turn" (
  "reservation_id" INTEGER NOT NULL,
  "number" INTEGER NOT NULL,
  "account" TEXT NOT NULL,
  "from_at" INTEGER NOT NULL,
  PRIMARY KEY ("reservation_id", "number"),
  FOREIGN KEY ("reservation_id") REFERENCES "reservation" ("id"),
  CHECK (number > 0),
  CHECK (length(account) > 0)
) STRICT, WITHOUT ROWID;

CREATE INDEX "payer_turn_account" ON "payer_turn" ("account");

CREATE TRIGGER payer_turn_no_delete BEFORE DELETE ON payer_turn BEGIN SELECT RAISE(ABORT, 'payer_turn is append-only'); END;

CREATE TRIGGER payer_turn_no_update BEFORE UPDATE ON payer_turn BEGIN SELECT RAISE(ABORT, 'payer_turn is append-only'); END;

CREATE TABLE "payout" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "run_id" INTEGER NOT NULL,
  "owner_id" INTEGER NOT NULL,
  "amount_minor" INTEGER NOT NULL,
  "currency" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "iban" TEXT NOT NULL,
  "bic" TEXT,
  "end_to_end" TEXT NOT NULL,
  FOREIGN KEY ("run_id") REFERENCES "payout_run" ("id"),
  FOREIGN KEY ("owner_id") REFERENCES "owner" ("id"),
  CHECK (amount_minor > 0),
  CHECK (length(currency) = 3),
  CHECK (length(name) > 0),
  CHECK (length(iban) BETWEEN 15 AND 34),
  CHECK (length(end_to_end) BETWEEN 1 AND 35)
) STRICT;

CREATE UNIQUE INDEX "payout_end_to_end" ON "payout" ("end_to_end");

CREATE TRIGGER payout_no_delete BEFORE DELETE ON payout BEGIN SELECT RAISE(ABORT, 'payout is append-only'); END;

CREATE TRIGGER payout_no_update BEFORE UPDATE ON payout BEGIN SELECT RAISE(ABORT, 'payout is append-only'); END;

CREATE UNIQUE INDEX "payout_run_id_owner_id" ON "payout" ("run_id", "owner_id");

CREATE TABLE "payout_approval" (
  "run_id" INTEGER NOT NULL,
  "attendant_id" INTEGER NOT NULL,
  "at" INTEGER NOT NULL,
  PRIMARY KEY ("run_id", "attendant_id"),
  FOREIGN KEY ("run_id") REFERENCES "payout_run" ("id"),
  FOREIGN KEY ("attendant_id") REFERENCES "attendant" ("id")
) STRICT, WITHOUT ROWID;

CREATE TRIGGER payout_approval_no_delete BEFORE DELETE ON payout_approval BEGIN SELECT RAISE(ABORT, 'payout_approval is append-only'); END;

CREATE TRIGGER payout_approval_no_update BEFORE UPDATE ON payout_approval BEGIN SELECT RAISE(ABORT, 'payout_approval is append-only'); END;

CREATE TABLE "payout_file" (
  "run_id" INTEGER NOT NULL PRIMARY KEY,
  "kind" TEXT NOT NULL,
  "msg_id" TEXT,
  "content" BLOB NOT NULL,
  "sha256" TEXT NOT NULL,
  FOREIGN KEY ("run_id") REFERENCES "payout_run" ("id"),
  CHECK (kind IN ('pain.001', 'csv')),
  CHECK ((kind = 'pain.001') = (msg_id IS NOT NULL)),
  CHECK (length(content) > 0),
  CHECK (length(sha256) = 64)
) STRICT;

CREATE UNIQUE INDEX "payout_file_msg_id" ON "payout_file" ("msg_id");

CREATE TRIGGER payout_file_no_delete BEFORE DELETE ON payout_file BEGIN SELECT RAISE(ABORT, 'payout_file is append-only'); END;

CREATE TRIGGER payout_file_no_update BEFORE UPDATE ON payout_file BEGIN SELECT RAISE(ABORT, 'payout_file is append-only'); END;

CREATE TABLE "payout_item" (
  "payout_id" INTEGER NOT NULL,
  "journal_id" INTEGER NOT NULL,
  "amount_minor" INTEGER NOT NULL,
  PRIMARY KEY ("payout_id", "journal_id"),
  FOREIGN KEY ("payout_id") REFERENCES "payout" ("id"),
  FOREIGN KEY ("journal_id") REFERENCES "journal" ("id"),
  CHECK (amount_minor <> 0)
) STRICT, WITHOUT ROWID;

CREATE INDEX "payout_item_journal_id" ON "payout_item" ("journal_id");

CREATE TRIGGER payout_item_no_delete BEFORE DELETE ON payout_item BEGIN SELECT RAISE(ABORT, 'payout_item is append-only'); END;

CREATE TRIGGER payout_item_no_update BEFORE UPDATE ON payout_item BEGIN SELECT RAISE(ABORT, 'payout_item is append-only'); END;

CREATE TRIGGER payout_item_once BEFORE INSERT ON payout_item
WHEN EXISTS (SELECT 1 FROM payout_item i JOIN payout p ON p.id = i.payout_id
             JOIN payout mine ON mine.id = NEW.payout_id AND mine.owner_id = p.owner_id
             WHERE i.journal_id = NEW.journal_id AND NOT EXISTS (
             SELECT 1 FROM payout_run_state s WHERE s.run_id = p.run_id
             AND s.state = 'withdrawn'))
BEGIN
  SELECT RAISE(ABORT, 'what a journal moved is paid out once');
END;

CREATE TABLE "payout_result" (
  "payout_id" INTEGER NOT NULL PRIMARY KEY,
  "how" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  "by" TEXT NOT NULL,
  FOREIGN KEY ("payout_id") REFERENCES "payout" ("id"),
  CHECK (how IN ('paid', 'rejected')),
  CHECK ((how = 'rejected') = (length(reason) > 0)),
  CHECK (length(by) > 0)
) STRICT;

CREATE TRIGGER payout_result_after_release BEFORE INSERT ON payout_result
WHEN NOT EXISTS (SELECT 1 FROM payout p JOIN payout_run_state s ON s.run_id = p.run_id
                 WHERE p.id = NEW.payout_id AND s.state = 'released')
BEGIN
  SELECT RAISE(ABORT, 'a bank says nothing of what was not released');
END;

CREATE TRIGGER payout_result_no_delete BEFORE DELETE ON payout_result BEGIN SELECT RAISE(ABORT, 'payout_result is append-only'); END;

CREATE TRIGGER payout_result_no_update BEFORE UPDATE ON payout_result BEGIN SELECT RAISE(ABORT, 'payout_result is append-only'); END;

CREATE TABLE "payout_return" (
  "payout_id" INTEGER NOT NULL PRIMARY KEY,
  "reason" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  "by" TEXT NOT NULL,
  FOREIGN KEY ("payout_id") REFERENCES "payout_result" ("payout_id"),
  CHECK (length(reason) > 0),
  CHECK (length(by) > 0)
) STRICT;

CREATE TRIGGER payout_return_after_paid BEFORE INSERT ON payout_return
WHEN NOT EXISTS (SELECT 1 FROM payout_result WHERE payout_id = NEW.payout_id AND how = 'paid')
BEGIN
  SELECT RAISE(ABORT, 'only what was paid can come back');
END;

CREATE TRIGGER payout_return_no_delete BEFORE DELETE ON payout_return BEGIN SELECT RAISE(ABORT, 'payout_return is append-only'); END;

CREATE TRIGGER payout_return_no_update BEFORE UPDATE ON payout_return BEGIN SELECT RAISE(ABORT, 'payout_return is append-only'); END;

CREATE TABLE "payout_run" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "cutoff" INTEGER NOT NULL,
  "made_at" INTEGER NOT NULL,
  "made_by" TEXT NOT NULL,
  CHECK (cutoff <= made_at),
  CHECK (length(made_by) > 0)
) STRICT;

CREATE TRIGGER payout_one_open_run BEFORE INSERT ON payout_run
WHEN EXISTS (SELECT 1 FROM payout_run r WHERE NOT EXISTS (
             SELECT 1 FROM payout_run_state s WHERE s.run_id = r.id
             AND s.state IN ('released', 'withdrawn')))
BEGIN
  SELECT RAISE(ABORT, 'one payout run is open at most');
END;

CREATE TRIGGER payout_run_no_delete BEFORE DELETE ON payout_run BEGIN SELECT RAISE(ABORT, 'payout_run is append-only'); END;

CREATE TRIGGER payout_run_no_update BEFORE UPDATE ON payout_run BEGIN SELECT RAISE(ABORT, 'payout_run is append-only'); END;

CREATE TABLE "payout_run_state" (
  "run_id" INTEGER NOT NULL,
  "number" INTEGER NOT NULL,
  "state" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  "by" TEXT NOT NULL,
  PRIMARY KEY ("run_id", "number"),
  FOREIGN KEY ("run_id") REFERENCES "payout_run" ("id"),
  CHECK (number > 0),
  CHECK (state IN ('proposed', 'approved', 'released', 'withdrawn')),
  CHECK (length(by) > 0)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER payout_run_state_no_delete BEFORE DELETE ON payout_run_state BEGIN SELECT RAISE(ABORT, 'payout_run_state is append-only'); END;

CREATE TRIGGER payout_run_state_no_update BEFORE UPDATE ON payout_run_state BEGIN SELECT RAISE(ABORT, 'payout_run_state is append-only'); END;

CREATE TRIGGER payout_run_turns BEFORE INSERT ON payout_run_state
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM payout_run_state
                    WHERE run_id = NEW.run_id)
  OR (coalesce((SELECT state FROM payout_run_state
                WHERE run_id = NEW.run_id AND number = NEW.number - 1), 'new'), NEW.state)
     NOT IN (VALUES ('new', 'proposed'), ('proposed', 'approved'), ('proposed', 'withdrawn'),
             ('approved', 'released'), ('approved', 'withdrawn'))
BEGIN
  SELECT RAISE(ABORT, 'a payout run cannot turn so');
END;

CREATE TABLE "person" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "name" TEXT NOT NULL,
  "phone" TEXT NOT NULL
) STRICT;

CREATE INDEX "person_phone" ON "person" ("phone");

CREATE TABLE "receipt" (
  "number" INTEGER NOT NULL PRIMARY KEY,
  "reservation_id" INTEGER NOT NULL,
  "presented_at" INTEGER NOT NULL,
  "settled_at" INTEGER NOT NULL,
  "counted_from" INTEGER NOT NULL,
  "counted_until" INTEGER NOT NULL,
  "lines" TEXT NOT NULL,
  "total_minor" INTEGER NOT NULL,
  "tax_minor" INTEGER NOT NULL,
  "deposit_minor" INTEGER NOT NULL,
  "due_minor" INTEGER NOT NULL,
  "refund_minor" INTEGER NOT NULL,
  "owner_minor" INTEGER NOT NULL,
  "commission_minor" INTEGER NOT NULL,
  "vat_minor" INTEGER NOT NULL,
  "manager_minor" INTEGER NOT NULL,
  "currency" TEXT NOT NULL,
  "entered_at" INTEGER,
  "left_at" INTEGER,
  "late_grace_s" INTEGER CHECK (late_grace_s >= 0),
  "free_consideration_s" INTEGER CHECK (free_consideration_s >= 0),
  "is_free_used" INTEGER CHECK (is_free_used IN (0, 1)),
  "early_entry_s" INTEGER CHECK (early_entry_s >= 0),
  "payee_id" INTEGER REFERENCES "payee" ("id"),
  "shows_tax" INTEGER CHECK (shows_tax IN (0, 1)),
  FOREIGN KEY ("reservation_id") REFERENCES "reservation" ("id"),
  CHECK (counted_until > counted_from),
  CHECK (json_valid(lines)),
  CHECK (min(total_minor, tax_minor, deposit_minor, due_minor, refund_minor) >= 0),
  CHECK (owner_minor + commission_minor + vat_minor + manager_minor = total_minor),
  CHECK (length(currency) = 3)
) STRICT;

CREATE TRIGGER receipt_no_delete BEFORE DELETE ON receipt BEGIN SELECT RAISE(ABORT, 'receipt is append-only'); END;

CREATE TRIGGER receipt_no_update BEFORE UPDATE ON receipt BEGIN SELECT RAISE(ABORT, 'receipt is append-only'); END;

CREATE TRIGGER receipt_number BEFORE INSERT ON receipt
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM receipt)
BEGIN
  SELECT RAISE(ABORT, 'receipt numbers have no gaps');
END;

CREATE INDEX "receipt_reservation_id" ON "receipt" ("reservation_id");

CREATE TABLE "receipt_payer" (
  "receipt_id" INTEGER NOT NULL,
  "number" INTEGER NOT NULL,
  "account" TEXT NOT NULL,
  "minutes" INTEGER NOT NULL,
  "part_minor" INTEGER NOT NULL,
  "back_minor" INTEGER NOT NULL,
  PRIMARY KEY ("receipt_id", "number"),
  FOREIGN KEY ("receipt_id") REFERENCES "receipt" ("number"),
  CHECK (number > 0),
  CHECK (min(minutes, part_minor, back_minor) >= 0)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER receipt_payer_no_delete BEFORE DELETE ON receipt_payer BEGIN SELECT RAISE(ABORT, 'receipt_payer is append-only'); END;

CREATE TRIGGER receipt_payer_no_update BEFORE UPDATE ON receipt_payer BEGIN SELECT RAISE(ABORT, 'receipt_payer is append-only'); END;

CREATE TABLE "reconciled_day" (
  "adapter" TEXT NOT NULL,
  "day" TEXT NOT NULL,
  PRIMARY KEY ("adapter", "day")
) STRICT, WITHOUT ROWID;

CREATE TABLE "refund_part" (
  "journal_key" TEXT NOT NULL,
  "number" INTEGER NOT NULL,
  "reservation_id" INTEGER NOT NULL,
  "payment" TEXT NOT NULL,
  "account" TEXT NOT NULL,
  "amount_minor" INTEGER NOT NULL,
  "currency" TEXT NOT NULL,
  PRIMARY KEY ("journal_key", "number"),
  FOREIGN KEY ("reservation_id") REFERENCES "reservation" ("id"),
  CHECK (number > 0),
  CHECK (length(account) > 0),
  CHECK (amount_minor > 0),
  CHECK (length(currency) = 3),
  FOREIGN KEY (journal_key) REFERENCES journal(key),
  FOREIGN KEY (payment) REFERENCES journal(key)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER refund_part_no_delete BEFORE DELETE ON refund_part BEGIN SELECT RAISE(ABORT, 'refund_part is append-only'); END;

CREATE TRIGGER refund_part_no_update BEFORE UPDATE ON refund_part BEGIN SELECT RAISE(ABORT, 'refund_part is append-only'); END;

CREATE INDEX "refund_part_reservation_id" ON "refund_part" ("reservation_id");

CREATE TABLE "reservation" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "space_id" INTEGER NOT NULL,
  "vehicle_id" INTEGER NOT NULL,
  "driver_id" INTEGER,
  "t0" INTEGER NOT NULL,
  "t1" INTEGER NOT NULL,
  "state" TEXT NOT NULL,
  "quote_minor" INTEGER NOT NULL,
  "currency" TEXT NOT NULL,
  "tariff_id" INTEGER NOT NULL,
  "split_terms_id" INTEGER NOT NULL,
  "pay_until" INTEGER NOT NULL,
  "short_code" TEXT NOT NULL,
  "created_at" INTEGER NOT NULL,
  "width_mm" INTEGER,
  "length_mm" INTEGER,
  "height_mm" INTEGER,
  "needs_charger" INTEGER NOT NULL DEFAULT 0,
  "needs_accessible" INTEGER NOT NULL DEFAULT 0,
  "needs_type" TEXT NOT NULL DEFAULT 'car',
  "linked_to" INTEGER,
  "displaced_by" INTEGER,
  FOREIGN KEY ("space_id") REFERENCES "space" ("id"),
  FOREIGN KEY ("vehicle_id") REFERENCES "vehicle" ("id"),
  FOREIGN KEY ("driver_id") REFERENCES "driver" ("id"),
  FOREIGN KEY ("tariff_id") REFERENCES "tariff" ("id"),
  FOREIGN KEY ("split_terms_id") REFERENCES "split_terms" ("id"),
  FOREIGN KEY ("linked_to") REFERENCES "reservation" ("id"),
  FOREIGN KEY ("displaced_by") REFERENCES "reservation" ("id"),
  CHECK (t1 > t0),
  CHECK ((state = 'pending' OR state = 'confirmed' OR state = 'arrived' OR state = 'settled' OR state = 'left' OR state = 'expired' OR state = 'cancelled' OR state = 'no-show' OR state = 'substituted' OR state = 'displaced' OR state = 'owner-recalled')),
  CHECK (quote_minor >= 0),
  CHECK (length(currency) = 3),
  CHECK (needs_charger IN (0, 1)),
  CHECK (needs_accessible IN (0, 1))
) STRICT;

CREATE INDEX res_displaced ON reservation(displaced_by) WHERE displaced_by IS NOT NULL;

CREATE INDEX res_driver ON reservation(driver_id) WHERE driver_id IS NOT NULL;

CREATE INDEX res_ended ON reservation(created_at) WHERE (state = 'expired' OR state = 'cancelled' OR state = 'no-show' OR state = 'substituted' OR state = 'displaced' OR state = 'owner-recalled');

CREATE INDEX res_inside ON reservation(t1, space_id) WHERE state = 'arrived';

CREATE INDEX res_live ON reservation(space_id, t0, t1) WHERE (state = 'pending' OR state = 'confirmed' OR state = 'arrived');

CREATE INDEX res_settled ON reservation(space_id) WHERE state = 'settled';

CREATE TRIGGER reservation_end BEFORE UPDATE OF t0, t1 ON reservation
WHEN NOT (NEW.state = 'pending' OR NEW.state = 'confirmed' OR NEW.state = 'arrived')
OR (OLD.state = 'arrived' AND (NEW.t0 <> OLD.t0 OR NEW.t1 < OLD.t1))
BEGIN
  SELECT RAISE(ABORT, 'the window of this reservation stays');
END;

CREATE TRIGGER reservation_overlap_insert BEFORE INSERT ON reservation
WHEN (NEW.state = 'pending' OR NEW.state = 'confirmed' OR NEW.state = 'arrived')
BEGIN
  SELECT RAISE(ABORT, 'overlap') WHERE coalesce((
    SELECT r.t1 FROM reservation r
    WHERE r.space_id = NEW.space_id AND r.id IS NOT NEW.id
    AND (r.state = 'pending' OR r.state = 'confirmed' OR r.state = 'arrived') AND r.t0 < NEW.t1
    ORDER BY r.t0 DESC LIMIT 1), 0) > NEW.t0;
END;

CREATE TRIGGER reservation_overlap_update
BEFORE UPDATE OF space_id, t0, t1, state ON reservation
WHEN (NEW.state = 'pending' OR NEW.state = 'confirmed' OR NEW.state = 'arrived')
BEGIN
  SELECT RAISE(ABORT, 'overlap') WHERE coalesce((
    SELECT r.t1 FROM reservation r
    WHERE r.space_id = NEW.space_id AND r.id IS NOT NEW.id
    AND (r.state = 'pending' OR r.state = 'confirmed' OR r.state = 'arrived') AND r.t0 < NEW.t1
    ORDER BY r.t0 DESC LIMIT 1), 0) > NEW.t0;
END;

CREATE UNIQUE INDEX "reservation_short_code" ON "reservation" ("short_code");

CREATE TRIGGER reservation_state BEFORE UPDATE OF state ON reservation
WHEN instr(' pending>confirmed pending>expired pending>cancelled pending>pending pending>displaced pending>owner-recalled confirmed>cancelled confirmed>confirmed confirmed>arrived confirmed>no-show confirmed>left confirmed>substituted confirmed>displaced confirmed>owner-recalled arrived>arrived arrived>settled settled>settled settled>left left>confirmed no-show>substituted ', ' ' || OLD.state || '>' || NEW.state || ' ') = 0
BEGIN
  SELECT RAISE(ABORT, 'state change not allowed');
END;

CREATE INDEX "reservation_vehicle_id" ON "reservation" ("vehicle_id");

CREATE TABLE "schema_migration" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "name" VARCHAR(255) NOT NULL,
  "applied" DATETIME NOT NULL
);

CREATE UNIQUE INDEX "schema_migration_name" ON "schema_migration" ("name");

CREATE TABLE "shift" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "desk" TEXT NOT NULL,
  "currency" TEXT NOT NULL,
  "opened_by" INTEGER NOT NULL,
  "opened_at" INTEGER NOT NULL,
  "opened_intent" TEXT NOT NULL,
  "found_minor" INTEGER NOT NULL,
  "float_minor" INTEGER NOT NULL,
  "since_journal" INTEGER NOT NULL,
  "closed_by" INTEGER,
  "closed_at" INTEGER,
  "closed_intent" TEXT,
  "expected_minor" INTEGER,
  "counted_minor" INTEGER,
  "left_minor" INTEGER,
  "until_journal" INTEGER,
  FOREIGN KEY ("opened_by") REFERENCES "attendant" ("id"),
  FOREIGN KEY ("closed_by") REFERENCES "attendant" ("id"),
  CHECK (length(desk) > 0),
  CHECK (length(currency) = 3),
  CHECK (float_minor >= 0),
  CHECK (left_minor BETWEEN 0 AND counted_minor),
  CHECK (until_journal >= since_journal),
  CHECK ((closed_at IS NULL) + (closed_by IS NULL) + (closed_intent IS NULL) + (expected_minor IS NULL) + (counted_minor IS NULL) + (left_minor IS NULL) + (until_journal IS NULL) IN (0, 7))
) STRICT;

CREATE UNIQUE INDEX "shift_closed_intent" ON "shift" ("closed_intent");

CREATE TRIGGER shift_closed_once BEFORE UPDATE ON shift
WHEN OLD.closed_at IS NOT NULL OR NEW.closed_at IS NULL
OR (NEW.id, NEW.desk, NEW.currency, NEW.opened_by, NEW.opened_at, NEW.opened_intent,
  NEW.found_minor, NEW.float_minor, NEW.since_journal)
IS NOT (OLD.id, OLD.desk, OLD.currency, OLD.opened_by, OLD.opened_at, OLD.opened_intent,
  OLD.found_minor, OLD.float_minor, OLD.since_journal)
BEGIN SELECT RAISE(ABORT, 'a shift is closed once'); END;

CREATE INDEX shift_desk ON shift(desk, id);

CREATE TRIGGER shift_no_delete BEFORE DELETE ON shift
BEGIN SELECT RAISE(ABORT, 'shift is append-only'); END;

CREATE UNIQUE INDEX shift_open ON shift(desk) WHERE closed_at IS NULL;

CREATE UNIQUE INDEX "shift_opened_intent" ON "shift" ("opened_intent");

CREATE TABLE "shop" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "name" TEXT NOT NULL,
  "address" TEXT NOT NULL,
  "tax_number" TEXT NOT NULL,
  "is_active" INTEGER NOT NULL,
  CHECK (length(name) > 0),
  CHECK (is_active IN (0, 1))
) STRICT;

CREATE UNIQUE INDEX "shop_name" ON "shop" ("name");

CREATE TABLE "space" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "area_id" INTEGER NOT NULL,
  "owner_id" INTEGER NOT NULL,
  "label" TEXT NOT NULL,
  "rank" INTEGER NOT NULL,
  "x_mm" INTEGER NOT NULL,
  "y_mm" INTEGER NOT NULL,
  "width_mm" INTEGER NOT NULL,
  "depth_mm" INTEGER NOT NULL,
  "has_charger" INTEGER NOT NULL,
  "is_accessible" INTEGER NOT NULL,
  "height_mm" INTEGER CHECK (height_mm > 0),
  "is_covered" INTEGER NOT NULL DEFAULT 0 CHECK (is_covered IN (0, 1)),
  "type" TEXT NOT NULL DEFAULT 'car' CHECK (type IN ('car', 'motorcycle')),
  FOREIGN KEY ("area_id") REFERENCES "area" ("id"),
  FOREIGN KEY ("owner_id") REFERENCES "owner" ("id"),
  UNIQUE (area_id, label),
  CHECK (width_mm > 0),
  CHECK (depth_mm > 0),
  CHECK (has_charger IN (0, 1)),
  CHECK (is_accessible IN (0, 1))
) STRICT;

CREATE INDEX "space_area_id_rank" ON "space" ("area_id", "rank");

CREATE TABLE "split_terms" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "commission_bp" INTEGER NOT NULL,
  "vat_bp" INTEGER NOT NULL,
  "manager_bp" INTEGER NOT NULL,
  "rule" TEXT NOT NULL DEFAULT 'owner-rest' CHECK (rule IN ('owner-rest', 'largest-remainder')),
  "merchant" TEXT NOT NULL DEFAULT 'operator' CHECK (merchant IN ('operator', 'owner')),
  "supplier" TEXT NOT NULL DEFAULT 'owner' CHECK (supplier IN ('operator', 'owner')),
  CHECK (min(commission_bp, vat_bp, manager_bp) >= 0),
  CHECK (commission_bp * (10000 + vat_bp) + manager_bp * 10000 <= 100000000)
) STRICT;

CREATE TRIGGER split_terms_no_delete BEFORE DELETE ON split_terms BEGIN SELECT RAISE(ABORT, 'split_terms is append-only'); END;

CREATE TRIGGER split_terms_no_update BEFORE UPDATE ON split_terms BEGIN SELECT RAISE(ABORT, 'split_terms is append-only'); END;

CREATE TABLE "stay" (
  "reservation_id" INTEGER NOT NULL PRIMARY KEY,
  "entry_lane" TEXT NOT NULL,
  "entered_at" INTEGER NOT NULL,
  "exit_lane" TEXT,
  "presented_at" INTEGER,
  "left_at" INTEGER,
  "re_entered_at" INTEGER,
  "is_displaced" INTEGER NOT NULL DEFAULT 0 CHECK (is_displaced IN (0, 1)),
  FOREIGN KEY ("reservation_id") REFERENCES "reservation" ("id"),
  CHECK ((exit_lane IS NULL) = (presented_at IS NULL))
) STRICT;

CREATE INDEX "stay_left_at" ON "stay" ("left_at");

CREATE TABLE "tariff" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "code" TEXT NOT NULL,
  "version" INTEGER NOT NULL,
  "currency" TEXT NOT NULL,
  "hash" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  UNIQUE (code, version),
  CHECK (length(currency) = 3),
  CHECK (length(hash) = 64),
  CHECK (json_valid(text))
) STRICT;

CREATE UNIQUE INDEX "tariff_hash" ON "tariff" ("hash");

CREATE TRIGGER tariff_no_delete BEFORE DELETE ON tariff BEGIN SELECT RAISE(ABORT, 'tariff is append-only'); END;

CREATE TRIGGER tariff_no_update BEFORE UPDATE ON tariff BEGIN SELECT RAISE(ABORT, 'tariff is append-only'); END;

CREATE TABLE "ticket" (
  "reservation_id" INTEGER NOT NULL,
  "number" INTEGER NOT NULL,
  "t0" INTEGER NOT NULL,
  "t1" INTEGER NOT NULL,
  "issued_at" INTEGER NOT NULL,
  "revoked_at" INTEGER,
  "why" TEXT,
  PRIMARY KEY ("reservation_id", "number"),
  FOREIGN KEY ("reservation_id") REFERENCES "reservation" ("id"),
  CHECK (t1 > t0),
  CHECK ((revoked_at IS NULL) = (why IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX ticket_revoked ON ticket(t1) WHERE revoked_at IS NOT NULL;

CREATE TABLE "ticket_use" (
  "reservation_id" INTEGER NOT NULL,
  "direction" TEXT NOT NULL,
  "token" TEXT NOT NULL,
  "used_at" INTEGER NOT NULL,
  PRIMARY KEY ("reservation_id", "direction"),
  FOREIGN KEY ("reservation_id") REFERENCES "reservation" ("id"),
  FOREIGN KEY ("token") REFERENCES "passage_grant" ("token") DEFERRABLE INITIALLY DEFERRED,
  CHECK (direction IN ('entry', 'exit'))
) STRICT, WITHOUT ROWID;

CREATE TABLE "top_up" (
  "operation_key" TEXT NOT NULL PRIMARY KEY,
  "driver_id" INTEGER NOT NULL,
  FOREIGN KEY ("operation_key") REFERENCES "operation" ("key"),
  FOREIGN KEY ("driver_id") REFERENCES "driver" ("id")
) STRICT;

CREATE INDEX "top_up_driver_id" ON "top_up" ("driver_id");

CREATE TRIGGER top_up_no_delete BEFORE DELETE ON top_up BEGIN SELECT RAISE(ABORT, 'top_up is append-only'); END;

CREATE TRIGGER top_up_no_update BEFORE UPDATE ON top_up BEGIN SELECT RAISE(ABORT, 'top_up is append-only'); END;

CREATE TABLE "transfer" (
  "journal_id" INTEGER NOT NULL,
  "number" INTEGER NOT NULL,
  "debit" TEXT NOT NULL,
  "credit" TEXT NOT NULL,
  "amount_minor" INTEGER NOT NULL,
  "currency" TEXT NOT NULL,
  PRIMARY KEY ("journal_id", "number"),
  FOREIGN KEY ("journal_id") REFERENCES "journal" ("id"),
  CHECK (amount_minor > 0),
  CHECK (debit <> credit),
  FOREIGN KEY (debit, currency) REFERENCES account(name, currency),
  FOREIGN KEY (credit, currency) REFERENCES account(name, currency)
) STRICT, WITHOUT ROWID;

CREATE INDEX transfer_claim ON transfer(debit)
WHERE debit >= 'receivable:' AND debit < 'receivable;';

CREATE INDEX transfer_claim_less ON transfer(credit)
WHERE credit >= 'receivable:' AND credit < 'receivable;';

CREATE TRIGGER transfer_no_delete BEFORE DELETE ON transfer BEGIN SELECT RAISE(ABORT, 'transfer is append-only'); END;

CREATE TRIGGER transfer_no_update BEFORE UPDATE ON transfer BEGIN SELECT RAISE(ABORT, 'transfer is append-only'); END;

CREATE TABLE "validation" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "reservation_id" INTEGER NOT NULL,
  "shop_id" INTEGER,
  "voucher_id" INTEGER,
  "kind" TEXT NOT NULL,
  "value" INTEGER NOT NULL,
  "at" INTEGER NOT NULL,
  FOREIGN KEY ("reservation_id") REFERENCES "reservation" ("id"),
  FOREIGN KEY ("shop_id") REFERENCES "shop" ("id"),
  FOREIGN KEY ("voucher_id") REFERENCES "voucher" ("id"),
  CHECK (kind IN ('amount', 'percent', 'minutes')),
  CHECK (value > 0)
) STRICT;

CREATE TRIGGER validation_no_delete BEFORE DELETE ON validation BEGIN SELECT RAISE(ABORT, 'validation is append-only'); END;

CREATE TRIGGER validation_no_update BEFORE UPDATE ON validation BEGIN SELECT RAISE(ABORT, 'validation is append-only'); END;

CREATE INDEX "validation_reservation_id" ON "validation" ("reservation_id");

CREATE INDEX "validation_shop_id" ON "validation" ("shop_id");

CREATE UNIQUE INDEX "validation_voucher_id" ON "validation" ("voucher_id");

CREATE TABLE "validation_posting" (
  "validation_id" INTEGER NOT NULL PRIMARY KEY,
  "amount_minor" INTEGER NOT NULL,
  "currency" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  FOREIGN KEY ("validation_id") REFERENCES "validation" ("id"),
  CHECK (amount_minor >= 0),
  CHECK (length(currency) = 3)
) STRICT;

CREATE TRIGGER validation_posting_no_delete BEFORE DELETE ON validation_posting BEGIN SELECT RAISE(ABORT, 'validation_posting is append-only'); END;

CREATE TRIGGER validation_posting_no_update BEFORE UPDATE ON validation_posting BEGIN SELECT RAISE(ABORT, 'validation_posting is append-only'); END;

CREATE TABLE "vehicle" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "plate" TEXT NOT NULL,
  CHECK (length(plate) > 0)
) STRICT;

CREATE UNIQUE INDEX "vehicle_plate" ON "vehicle" ("plate");

CREATE TABLE "voucher" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "shop_id" INTEGER,
  "code_hash" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "value" INTEGER NOT NULL,
  "made_at" INTEGER NOT NULL,
  "expires_at" INTEGER NOT NULL,
  FOREIGN KEY ("shop_id") REFERENCES "shop" ("id"),
  CHECK (length(code_hash) = 64),
  CHECK (kind IN ('amount', 'percent', 'minutes')),
  CHECK (value > 0),
  CHECK (expires_at > made_at)
) STRICT;

CREATE UNIQUE INDEX "voucher_code_hash" ON "voucher" ("code_hash");

CREATE TRIGGER voucher_no_delete BEFORE DELETE ON voucher BEGIN SELECT RAISE(ABORT, 'voucher is append-only'); END;

CREATE TRIGGER voucher_no_update BEFORE UPDATE ON voucher BEGIN SELECT RAISE(ABORT, 'voucher is append-only'); END;

CREATE INDEX "voucher_shop_id" ON "voucher" ("shop_id");

