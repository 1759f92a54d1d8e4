// The built-in event endpoint of an IoT hub, as far as consumers of Microsoft's SDKs read it: AMQP 1.0 over TLS, one partition.
//   node event-endpoint.cjs ADDRESS CERTIFICATE KEY
// Prints its port, and "consumer" for each that begins to read. Each line on standard input is an event: {"body": text, "properties": {…}, "device": id, "module": id}.
const fs = require("fs");
const readline = require("readline");
const rhea = require("rhea");

const [address, certificate, key] = process.argv.slice(2);
const container = rhea.create_container({ id: "endpoint" });
const mechanisms = container.sasl_server_mechanisms;
mechanisms.enable_anonymous();
mechanisms.MSSBCBS = mechanisms.ANONYMOUS;
const consumers = new Set();
let sent = 0;

const time = (millis) => rhea.types.wrap_timestamp(millis);
const status = (code, text) => ({ "status-code": rhea.types.wrap_int(code), "status-description": text });

function read({ type, name, partition }) {
  const body =
    type === "com.microsoft:partition"
      ? {
          name, type, partition,
          begin_sequence_number: rhea.types.wrap_long(0), last_enqueued_sequence_number: rhea.types.wrap_long(sent - 1),
          last_enqueued_offset: String(sent - 1), last_enqueued_time_utc: time(Date.now()), is_partition_empty: sent === 0,
        }
      : { name, type, created_at: time(0), partition_count: rhea.types.wrap_int(1), partition_ids: rhea.types.wrap_array(["0"], 0xa1) };
  return { application_properties: status(200, "OK"), body };
}

container.on("message", ({ connection, message, receiver }) => {
  const properties = message.application_properties;
  const answer = receiver.target.address === "$cbs" ? { application_properties: status(202, "Accepted") } : read(properties);
  const replies = connection.find_sender((sender) => sender.source.address === receiver.target.address);
  replies.send({ ...answer, correlation_id: message.message_id, to: message.reply_to });
});

container.on("receiver_open", ({ receiver }) => receiver.set_target({ address: receiver.remote.attach.target.address }));
container.on("sender_open", ({ sender }) => {
  sender.set_source({ address: sender.remote.attach.source.address });
  if (sender.source.address.includes("/Partitions/")) {
    consumers.add(sender);
    console.log("consumer");
  }
});
container.on("sender_close", ({ sender }) => consumers.delete(sender));
container.on("disconnected", ({ connection }) => {
  for (const sender of consumers) if (sender.connection === connection) consumers.delete(sender);
});

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const { body, properties, device, module } = JSON.parse(line);
  const annotations = {
    "x-opt-sequence-number": rhea.types.wrap_long(sent), "x-opt-offset": String(sent), "x-opt-enqueued-time": time(Date.now()),
    "iothub-connection-device-id": device, "iothub-connection-module-id": module, "iothub-message-source": "Telemetry",
  };
  sent++;
  const message = { body: rhea.message.data_section(Buffer.from(body)), application_properties: properties, message_annotations: annotations };
  for (const consumer of consumers) consumer.send(message);
}).on("close", () => process.exit(0));

const server = container.listen({
  host: address, port: 0, transport: "tls", cert: fs.readFileSync(certificate), key: fs.readFileSync(key),
});
server.on("listening", () => console.log(server.address().port));
