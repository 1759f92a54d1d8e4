/** Direct methods on top of a graph engine, and the IoT Edge module that answers them. */
@org.jspecify.annotations.NullMarked
module io.lva.iot {
  requires transitive io.lva.core;
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;
  requires com.fasterxml.jackson.databind;
  requires java.net.http;
  requires com.microsoft.iot.device.client;

  exports io.lva.iot;
  exports io.lva.iot.edge;
}
