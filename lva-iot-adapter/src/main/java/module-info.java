/** The contract of direct methods over a graph engine, without a transport. */
@org.jspecify.annotations.NullMarked
module io.lva.iot {
  requires transitive io.lva.core;
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;
  requires com.fasterxml.jackson.databind;
  requires java.net.http;

  exports io.lva.iot;
}
