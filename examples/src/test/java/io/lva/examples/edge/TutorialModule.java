package io.lva.examples.edge;

import io.lva.examples.judge.LvaProcess;
import io.lva.iot.testkit.HubEvent;
import io.lva.iot.testkit.HubIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

/** The module of the tutorial. */
final class TutorialModule {
  static final HubIdentity LVA = HubIdentity.of("lva-sample-device", "lvaEdge");
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private TutorialModule() {}

  /** Returns its desired properties, as the tutorial's deployment has them, with another store. */
  static String desired(Path folder, String store) {
    return """
    {"applicationDataDirectory": "%s", "assetStore": "%s",
     "azureMediaServicesArmId": "/subscriptions/s", "aadTenantId": "t",
     "aadServicePrincipalSecret": "geheim", "telemetryOptOut": false,
     "diagnosticsEventsOutputName": "AmsDiagnostics",
     "operationalEventsOutputName": "AmsOperational",
     "logLevel": "Information", "logCategories": "Application,Events",
     "allowUnsecuredEndpoints": true}\
    """
        .formatted(folder.resolve("data"), store);
  }

  /** Starts it as a process of its own. */
  static LvaProcess start(Path folder, Map<String, String> environment) {
    return LvaProcess.start(
        folder,
        environment,
        "edge",
        "--state",
        folder.resolve("state").toString(),
        "--metrics-port",
        "0");
  }

  /** Returns whether an event has a type, of which this is the last word. */
  static Predicate<HubEvent> type(String name) {
    return event -> event.eventType().endsWith("." + name);
  }
}
