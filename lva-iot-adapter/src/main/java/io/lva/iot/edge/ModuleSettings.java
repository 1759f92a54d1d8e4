package io.lva.iot.edge;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The module's settings, as its twin desires them.
 *
 * <p>Immutable.
 *
 * @param applicationDataDirectory where topologies, instances and unsent events are kept
 * @param assetStore where asset sinks record
 * @param mediaMemoryBytes limit of the memory for waiting media; empty for the default
 * @param operationalOutput output of operational events; empty when they are not sent
 * @param diagnosticsOutput output of diagnostics; empty when they are not sent
 * @param diagnosticsLevel least severe diagnostics that are sent
 * @param allowUnsecuredEndpoints whether instances may use endpoints without TLS
 * @param log what is logged
 * @param ignored names of properties that are known but have no effect here
 */
record ModuleSettings(
    Path applicationDataDirectory,
    URI assetStore,
    OptionalLong mediaMemoryBytes,
    Optional<String> operationalOutput,
    Optional<String> diagnosticsOutput,
    DiagnosticsLevel diagnosticsLevel,
    boolean allowUnsecuredEndpoints,
    LogSettings log,
    List<String> ignored) {
  /** Returns the names of the properties that differ and take effect only at the next start. */
  List<String> needRestart(ModuleSettings running) {
    List<String> names = new ArrayList<>();
    if (!applicationDataDirectory.equals(running.applicationDataDirectory)) {
      names.add(SettingsReader.DATA_DIRECTORY);
    }
    if (!assetStore.equals(running.assetStore)) {
      names.add(SettingsReader.ASSET_STORE);
    }
    if (!mediaMemoryBytes.equals(running.mediaMemoryBytes)) {
      names.add(SettingsReader.MEDIA_MEMORY);
    }
    return names;
  }
}
