package io.lva.iot.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/**
 * A module that the emulated hub knows.
 *
 * <p>Immutable.
 *
 * @param device id of its device
 * @param module id of the module
 * @param key its shared access key, in base 64
 */
public record HubIdentity(String device, String module, String key) {
  /**
   * Names a module and makes up its key.
   *
   * @param device id of its device
   * @param module id of the module
   * @return an identity
   */
  public static HubIdentity of(String device, String module) {
    byte[] key = ("key of " + device + "/" + module + " 0123456789").getBytes(UTF_8);
    return new HubIdentity(device, module, Base64.getEncoder().encodeToString(key));
  }

  /** Returns the connection string with which the module connects to a hub at an address. */
  String connectionString(String gateway) {
    return "HostName=%s;DeviceId=%s;ModuleId=%s;SharedAccessKey=%s;GatewayHostName=%s"
        .formatted(EdgeHub.HUB_HOST, device, module, key, gateway);
  }

  /** Returns the name of its sessions. */
  String clientId() {
    return device + "/" + module;
  }

  /** Returns the prefix of its topics. */
  String topics() {
    return "devices/" + device + "/modules/" + module + "/";
  }
}
