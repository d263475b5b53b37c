"""The statements of a settlement: journal, transfers, balances, outbox and evidence.

They stand together because one commit at every exit runs them all; `make bench` measures what our
layers add to them.
"""

ADD_JOURNAL = """INSERT INTO journal(key, kind, reservation_id, at) VALUES (?, ?, ?, ?)
ON CONFLICT(key) DO NOTHING"""
ADD_TRANSFER = """INSERT INTO transfer(journal_id, number, debit, credit, amount_minor, currency)
VALUES (?, ?, ?, ?, ?, ?)"""
ADD_TO_ACCOUNT = """UPDATE account
SET debits_minor = debits_minor + ?, credits_minor = credits_minor + ?
WHERE name = ? AND currency = ?"""
NEW_ACCOUNT = """INSERT INTO account(debits_minor, credits_minor, name, currency, is_guarded)
VALUES (?, ?, ?, ?, ?)"""
ADD_OPERATION = """INSERT INTO operation(key, adapter, kind, purpose, reservation_id, amount_minor,
currency, state, lane, original, created_at, changed_at, attempts)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT(key) DO NOTHING"""
ADD_AUDIT = """INSERT INTO audit(id, at, actor_kind, actor_name, action, lane, reservation_id,
detail, facts, hash, stay_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
