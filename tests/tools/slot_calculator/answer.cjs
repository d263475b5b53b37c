// Answers questions by slot-calculator: which spaces are available for a whole window?
//
//   node answer.cjs FOLDER    with FOLDER/node_modules/slot-calculator
//
// The first line it reads is the list of spaces; each further line is a question, and is answered
// by one line with the ids, how long slot-calculator took, and nothing else. For each space only
// what lies within a day of the question is given to it.

const { createRequire } = require("node:module");
const readline = require("node:readline");

const folder = createRequire(`${process.argv[2]}/package.json`);
const { getSlots } = folder("slot-calculator");
const DAY_S = 86400;
const iso = (at_s) => new Date(at_s * 1000).toISOString();
const slot = ([t0, t1]) => ({ from: iso(t0), to: iso(t1) });

let spaces;

function answer({ t0, t1 }) {
  const near = spaces.map(({ id, week, taken }) => ({
    id,
    availability: week,
    unavailability: taken
      .filter(([from, until]) => from < t1 + DAY_S && until > t0 - DAY_S)
      .map(slot),
  }));
  const ids = [];
  const began = process.hrtime.bigint();
  for (const { id, availability, unavailability } of near) {
    const found = getSlots({
      from: iso(t0),
      to: iso(t1),
      duration: (t1 - t0) / 60,
      availability,
      unavailability,
      outputTimezone: "UTC",
    });
    if (found.availableSlots.length > 0) ids.push(id);
  }
  return { ids, took_ns: Number(process.hrtime.bigint() - began) };
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const read = JSON.parse(line);
  if (spaces === undefined) spaces = read;
  else process.stdout.write(`${JSON.stringify(answer(read))}\n`);
});
