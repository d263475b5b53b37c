// A Modbus master that modbus-serial asks with: PORT UNIT TIMEOUT_MS WHAT ADDRESS VALUE, one
// transaction.
// WHAT is "coils" or "inputs" (VALUE is a count), "coil" (0 or 1) or "several" (a word of 0 and 1).
// Prints what was read as a word of 0 and 1, or the name and number of the refusal.
"use strict";
const ModbusRTU = require("modbus-serial");

const [port, unit, timeoutMs, what, address, value] = process.argv.slice(2);
const master = new ModbusRTU();
const at = Number(address);
const asked = {
  coils: () => master.readCoils(at, Number(value)),
  inputs: () => master.readDiscreteInputs(at, Number(value)),
  coil: () => master.writeCoil(at, value === "1"),
  several: () => master.writeCoils(at, [...value].map((digit) => digit === "1")),
};

async function main() {
  await master.connectRTUBuffered(port, { baudRate: 9600 });
  master.setID(Number(unit));
  master.setTimeout(Number(timeoutMs));
  try {
    const { data } = await asked[what]();
    if (what === "coils" || what === "inputs") {
      console.log(data.slice(0, Number(value)).map(Number).join(""));
    }
  } catch (refusal) {
    console.log(refusal.modbusCode ? `exception ${refusal.modbusCode}` : refusal.message);
  }
  await new Promise((closed) => master.close(closed));
}

main();
