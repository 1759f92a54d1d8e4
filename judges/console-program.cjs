// The console program of the tutorial with Microsoft's service SDK for Node, on the tutorial's two files:
//   node console-program.cjs appsettings.json operations.json
// Prints each direct method with its status, and its payload; waits for Enter where the operations say so.
const fs = require("fs");
const path = require("path");
const readline = require("readline");
const { Client } = require("azure-iothub");

const [settingsFile, operationsFile] = process.argv.slice(2);
const read = (file) => JSON.parse(fs.readFileSync(file, "utf8"));
const settings = read(settingsFile);
const { apiVersion, operations } = read(operationsFile);
const hub = Client.fromConnectionString(settings.IoThubConnectionString);
const keyboard = readline.createInterface({ input: process.stdin });

function payload({ topologyFile, ...parameters }) {
  return topologyFile ? read(path.join(path.dirname(operationsFile), topologyFile)) : { "@apiVersion": apiVersion, ...parameters };
}

async function run({ opName, opParams }) {
  if (opName === "WaitForInput") {
    console.log(opParams.message);
    await new Promise((resolve) => keyboard.once("line", resolve));
    return;
  }
  const method = { methodName: opName, payload: payload(opParams), responseTimeoutInSeconds: 30 };
  const { result } = await hub.invokeDeviceMethod(settings.deviceId, settings.moduleId, method);
  console.log(`${opName} ${result.status} ${JSON.stringify(result.payload)}`);
}

(async () => {
  for (const operation of operations) await run(operation);
  keyboard.close();
})();
