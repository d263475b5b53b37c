// A Modbus slave that modbus-serial answers for: PORT UNIT INPUTS COILS, as libmodbus_slave.py.
"use strict";
const { ServerSerial } = require("modbus-serial");

const [port, unit, inputs, coils] = process.argv.slice(2);
const ILLEGAL_ADDRESS = 2;
const bits = new Array(256).fill(false);

function within(address, first, count) {
  if (address < first || address >= first + count) {
    throw { modbusErrorCode: ILLEGAL_ADDRESS, msg: `there is no ${address}` };
  }
}

function show() {
  console.log(bits.slice(0, Number(coils)).map(Number).join(""));
}

const vector = {
  getCoil(address) {
    within(address, 0, bits.length);
    setImmediate(show);
    return bits[address];
  },
  getDiscreteInput(address) {
    within(address, 0, inputs.length);
    return inputs[address] === "1";
  },
  getHoldingRegister(address) {
    within(address, 0x1000, 8);
    return 0;
  },
  setCoil(address, value) {
    within(address, 0, bits.length);
    bits[address] = Boolean(value);
    setImmediate(show);
  },
};

const server = new ServerSerial(vector, { path: port, baudRate: 9600, unitID: Number(unit) });
server.on("initialized", () => console.log("ready"));
