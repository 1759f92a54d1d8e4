package io.lva.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.gson.JsonParser;
import com.microsoft.azure.sdk.iot.service.exceptions.IotHubException;
import com.microsoft.azure.sdk.iot.service.methods.DirectMethodRequestOptions;
import com.microsoft.azure.sdk.iot.service.methods.DirectMethodResponse;
import com.microsoft.azure.sdk.iot.service.methods.DirectMethodsClient;
import io.lva.iot.Answer;
import io.lva.iot.OperationsPlayer;
import io.lva.iot.TopologyLoader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * The console program of the tutorial: calls the direct methods of an IoT Edge module through IoT
 * Hub, one after the other, and waits for Enter where the operations say so.
 */
public final class CallDirectMethods {
  private static final int RESPONSE_SECONDS = 30;
  private static final ObjectMapper JSON = new ObjectMapper();

  private CallDirectMethods() {}

  /**
   * Plays the operations, and ends the process with exit code 1 if any was refused or skipped.
   *
   * @param arguments the tutorial's {@code appsettings.json} and {@code operations.json}
   * @throws IOException when a file cannot be read
   * @throws IllegalArgumentException when the second file is not an operations file
   */
  public static void main(String[] arguments) throws IOException {
    JsonNode settings = JSON.readTree(Files.readString(Path.of(arguments[0])));
    Path operations = Path.of(arguments[1]);
    // begin example
    var hub = new DirectMethodsClient(settings.path("IoThubConnectionString").asText());
    String device = settings.path("deviceId").asText();
    String module = settings.path("moduleId").asText();
    OperationsPlayer.Methods methods =
        (name, payload) -> {
          var request =
              DirectMethodRequestOptions.builder()
                  .payload(JsonParser.parseString(payload))
                  .methodResponseTimeoutSeconds(RESPONSE_SECONDS)
                  .build();
          try {
            DirectMethodResponse response = hub.invoke(device, module, name, request);
            return new Answer(response.getStatus(), response.getPayloadAsJsonString());
          } catch (IotHubException e) {
            throw new IOException("IoT Hub could not call it: " + e.getMessage(), e);
          }
        };
    var player = new OperationsPlayer(methods, topologies(operations));
    int failures = player.play(Files.readString(operations), new Console());
    // end example
    if (failures > 0) {
      System.exit(1);
    }
  }

  /**
   * Returns a loader that reads a {@code topologyFile} from the folder of the operations file and
   * fetches a {@code topologyUrl}.
   */
  private static TopologyLoader topologies(Path operations) {
    TopologyLoader beside = TopologyLoader.inDirectory(operations.resolveSibling(""));
    TopologyLoader published = TopologyLoader.overHttp();
    return address -> address.startsWith("http") ? published.load(address) : beside.load(address);
  }

  /** Prints what is called and answered, and waits for Enter. */
  private static final class Console implements OperationsPlayer.Listener {
    private final BufferedReader keyboard =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));

    @Override
    public void request(String methodName, String payload) {
      print(Style.fg_cyan, "Calling " + methodName);
    }

    @Override
    public void answer(String methodName, Answer answer) {
      print(answer.succeeded() ? Style.fg_green : Style.fg_red, "Status: " + answer.status());
      print(Style.faint, withoutPasswords(answer.payload()));
    }

    @Override
    public void waiting(String message) {
      print(Style.fg_yellow, message);
      try {
        keyboard.readLine();
      } catch (IOException e) {
        print(Style.fg_red, "There is no keyboard: " + e.getMessage());
      }
    }

    @Override
    public void skipped(String operation, String reason) {
      print(Style.fg_red, operation + " was not carried out: " + reason);
    }

    private static void print(Ansi.IStyle style, String text) {
      System.out.println(Ansi.AUTO.enabled() ? style.on() + text + style.off() : text);
    }

    /** Returns the payload with the values of parameters whose name contains "password" hidden. */
    private static String withoutPasswords(String payload) {
      try {
        JsonNode json = JSON.readTree(payload);
        for (JsonNode parameters : json.findValues("parameters")) {
          for (JsonNode each : parameters) {
            if (each instanceof ObjectNode parameter
                && parameter.path("name").asText().toLowerCase(Locale.ROOT).contains("password")) {
              parameter.put("value", "****");
            }
          }
        }
        return json.toPrettyString();
      } catch (IOException e) {
        return payload;
      }
    }
  }
}
