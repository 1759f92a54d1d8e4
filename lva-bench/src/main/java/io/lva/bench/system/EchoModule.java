package io.lva.bench.system;

import com.microsoft.azure.sdk.iot.device.ClientOptions;
import com.microsoft.azure.sdk.iot.device.IotHubClientProtocol;
import com.microsoft.azure.sdk.iot.device.ModuleClient;
import com.microsoft.azure.sdk.iot.device.exceptions.IotHubClientException;
import com.microsoft.azure.sdk.iot.device.twin.DirectMethodResponse;
import java.io.IOException;

/**
 * A module built on Microsoft's client alone, as fast as it can be: it answers each direct method
 * with the payload of the call. The environment identifies it, and it ends when its standard input
 * does.
 */
public final class EchoModule {
  private EchoModule() {}

  /**
   * Runs until the standard input ends.
   *
   * @param arguments none
   * @throws IOException when the standard input cannot be read
   * @throws IotHubClientException when it cannot connect
   * @throws InterruptedException when interrupted
   */
  public static void main(String[] arguments)
      throws IOException, IotHubClientException, InterruptedException {
    ModuleClient client =
        ModuleClient.createFromEnvironment(
            null,
            IotHubClientProtocol.MQTT,
            ClientOptions.builder().sendInterval(1).receiveInterval(1).build());
    client.open(/* withRetry= */ true);
    client.subscribeToMethods(
        (method, payload, context) ->
            new DirectMethodResponse(200, payload.getPayloadAsJsonElement()),
        null);
    while (System.in.read() >= 0) {
      // Nothing is said to it.
    }
    client.close();
  }
}
