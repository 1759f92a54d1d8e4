package io.lva.iot.edge;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The identity of a module as its environment variables give it: those of IoT Edge, or a connection
 * string for development.
 *
 * <p>Immutable.
 */
public final class EdgeEnvironment {
  private static final String CERTIFICATES = "EdgeModuleCACertificateFile";
  private static final List<String> CONNECTION_STRINGS =
      List.of("EdgeHubConnectionString", "IotHubConnectionString");
  private static final List<String> PARTS =
      List.of("HostName", "DeviceId", "ModuleId", "SharedAccessKey");
  private static final List<String> REQUIRED =
      List.of(
          "IOTEDGE_WORKLOADURI",
          "IOTEDGE_DEVICEID",
          "IOTEDGE_MODULEID",
          "IOTEDGE_IOTHUBHOSTNAME",
          "IOTEDGE_AUTHSCHEME",
          "IOTEDGE_MODULEGENERATIONID");

  private final String hub;
  private final String device;
  private final String module;

  private EdgeEnvironment(String hub, String device, String module) {
    this.hub = hub;
    this.device = device;
    this.module = module;
  }

  /**
   * Reads the variables.
   *
   * @param variables by name, as {@link System#getenv()} returns them
   * @return the identity of the module
   * @throws IllegalArgumentException when a variable is missing or wrong; the message names the
   *     variable and never repeats a key
   */
  public static EdgeEnvironment read(Map<String, String> variables) {
    Optional<String> name = CONNECTION_STRINGS.stream().filter(variables::containsKey).findFirst();
    return name.isPresent() ? ofConnectionString(name.get(), variables) : ofDaemon(variables);
  }

  /**
   * Returns the name of the IoT hub.
   *
   * @return its host name
   */
  public String hub() {
    return hub;
  }

  /**
   * Returns the name of the device.
   *
   * @return its id
   */
  public String device() {
    return device;
  }

  /**
   * Returns the name of the module on its device.
   *
   * @return its id
   */
  public String module() {
    return module;
  }

  private static EdgeEnvironment ofConnectionString(String name, Map<String, String> variables) {
    Map<String, String> parts = new LinkedHashMap<>();
    for (String part : variables.getOrDefault(name, "").split(";", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parts.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
      }
    }
    List<String> missing =
        PARTS.stream().filter(part -> parts.getOrDefault(part, "").isEmpty()).toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "the connection string in %s is incomplete: it lacks %s; expected HostName=…;DeviceId=…;ModuleId=…;SharedAccessKey=…[;GatewayHostName=…]"
              .formatted(name, String.join(", ", missing)));
    }
    if (!isBase64(parts.getOrDefault("SharedAccessKey", ""))) {
      throw new IllegalArgumentException(
          "the SharedAccessKey in %s is cut off or mistyped: it is not base 64".formatted(name));
    }
    String certificates = variables.getOrDefault(CERTIFICATES, "");
    if (!certificates.isEmpty() && !Files.isReadable(Path.of(certificates))) {
      throw new IllegalArgumentException(
          "%s names '%s', which cannot be read".formatted(CERTIFICATES, certificates));
    }
    return new EdgeEnvironment(
        parts.getOrDefault("HostName", ""),
        parts.getOrDefault("DeviceId", ""),
        parts.getOrDefault("ModuleId", ""));
  }

  private static EdgeEnvironment ofDaemon(Map<String, String> variables) {
    List<String> missing = new ArrayList<>(REQUIRED);
    missing.removeIf(name -> !variables.getOrDefault(name, "").isEmpty());
    if (missing.size() == REQUIRED.size()) {
      throw new IllegalArgumentException(
          "this is no IoT Edge module: neither IOTEDGE_WORKLOADURI and the like nor "
              + String.join(" or ", CONNECTION_STRINGS)
              + " is set in the environment");
    }
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "the environment of IoT Edge is incomplete: it lacks " + String.join(", ", missing));
    }
    return new EdgeEnvironment(
        variables.getOrDefault("IOTEDGE_IOTHUBHOSTNAME", ""),
        variables.getOrDefault("IOTEDGE_DEVICEID", ""),
        variables.getOrDefault("IOTEDGE_MODULEID", ""));
  }

  private static boolean isBase64(String key) {
    try {
      return key.length() % 4 == 0 && Base64.getDecoder().decode(key).length > 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
