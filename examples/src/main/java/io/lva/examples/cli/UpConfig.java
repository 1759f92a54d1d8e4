package io.lva.examples.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lva.graph.Transport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one recorder is to do, as its file says.
 *
 * <p>Immutable.
 *
 * @param store where assets are: a folder or a URL
 * @param address to serve the page on
 * @param port of the page
 * @param cameras to record, names are unique
 */
record UpConfig(String store, String address, int port, List<Camera> cameras) {
  private static final int LARGEST_BYTES = 4 << 20;
  private static final int MAXIMUM_CAMERAS = 10_000;
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonParser.Feature.ALLOW_COMMENTS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  UpConfig {
    cameras = List.copyOf(cameras);
  }

  /**
   * One camera.
   *
   * @param name of the graph instance
   * @param url of the camera
   * @param asset to record to
   * @param user name of the login, if there is one
   * @param passwordFile the file whose first line is the password; required with a user
   * @param transport how its media travels
   * @param trust which certificates are trusted over TLS
   * @param audio whether sound is recorded
   */
  record Camera(
      String name,
      String url,
      String asset,
      Optional<String> user,
      Optional<Path> passwordFile,
      Transport transport,
      CameraTrust trust,
      boolean audio) {
    private static final Set<String> FIELDS =
        Set.of(
            "name",
            "url",
            "asset",
            "user",
            "passwordFile",
            "transport",
            "trustedCertificates",
            "ignoreHostname",
            "ignoreSignature",
            "audio");

    /** Leaves out the URL, which may hold a password. */
    @Override
    public String toString() {
      return "Camera[name=" + name + ", asset=" + asset + "]";
    }
  }

  /**
   * Reads a file.
   *
   * @param content JSON; comments are allowed
   * @param folder in which relative paths, those of passwords and certificates, are looked up
   * @throws CommandFailure when something is wrong; the message says where, and never repeats a
   *     secret
   */
  static UpConfig parse(byte[] content, Path folder) {
    if (content.length > LARGEST_BYTES) {
      throw new CommandFailure("the file is larger than " + LARGEST_BYTES + " bytes");
    }
    JsonNode root = tree(content);
    check(root, "", Set.of("store", "page", "cameras"));
    JsonNode page = root.path("page");
    if (!page.isMissingNode()) {
      check(page, "page", Set.of("address", "port"));
    }
    return new UpConfig(
        text(root, "", "store").orElse("./recordings"),
        text(page, "page", "address").orElse("127.0.0.1"),
        port(page.path("port")),
        cameras(root.path("cameras"), folder));
  }

  private static JsonNode tree(byte[] content) {
    try {
      return MAPPER.readTree(content);
    } catch (JsonProcessingException e) {
      // The message of the parser would quote what is there, which may be a password.
      throw new CommandFailure(
          "not JSON at line "
              + (e.getLocation() == null ? "1" : e.getLocation().getLineNr())
              + " column "
              + (e.getLocation() == null ? "1" : e.getLocation().getColumnNr()),
          e);
    } catch (java.io.IOException e) {
      throw new CommandFailure("not JSON in UTF-8", e);
    }
  }

  private static int port(JsonNode port) {
    if (port.isMissingNode()) {
      return 8080;
    }
    if (!port.isInt() || port.intValue() < 0 || port.intValue() > 65_535) {
      throw new CommandFailure("page.port must be a number from 0 to 65535");
    }
    return port.intValue();
  }

  private static List<Camera> cameras(JsonNode list, Path folder) {
    if (!list.isArray() || list.isEmpty() || list.size() > MAXIMUM_CAMERAS) {
      throw new CommandFailure("cameras must be a list of 1 to " + MAXIMUM_CAMERAS);
    }
    List<Camera> cameras = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode each : list) {
      String at = "cameras[" + cameras.size() + "]";
      Camera camera = camera(each, at, folder);
      if (!names.add(camera.name())) {
        throw new CommandFailure(at + ": there are two cameras named '" + camera.name() + "'");
      }
      cameras.add(camera);
    }
    return cameras;
  }

  private static Camera camera(JsonNode node, String at, Path folder) {
    check(node, at, Camera.FIELDS);
    String name = required(node, at, "name");
    Optional<String> user = text(node, at, "user");
    Optional<Path> passwordFile = text(node, at, "passwordFile").map(folder::resolve);
    if (user.isPresent() != passwordFile.isPresent()) {
      throw new CommandFailure(at + ": user and passwordFile go together");
    }
    return new Camera(
        name,
        required(node, at, "url"),
        text(node, at, "asset").orElse(name),
        user,
        passwordFile,
        transport(node, at),
        new CameraTrust(
            text(node, at, "trustedCertificates").map(folder::resolve),
            flag(node, at, "ignoreHostname", false),
            flag(node, at, "ignoreSignature", false)),
        flag(node, at, "audio", true));
  }

  private static Transport transport(JsonNode node, String at) {
    String name = text(node, at, "transport").orElse("tcp");
    for (Transport each : Transport.values()) {
      if (each.name().equalsIgnoreCase(name)) {
        return each;
      }
    }
    throw new CommandFailure(at + ".transport must be tcp, udp, multicast, http or auto");
  }

  private static boolean flag(JsonNode node, String at, String field, boolean standard) {
    JsonNode value = node.path(field);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw new CommandFailure(at + "." + field + " must be true or false");
    }
    return value.asBoolean(standard);
  }

  private static String required(JsonNode node, String at, String field) {
    return text(node, at, field)
        .orElseThrow(() -> new CommandFailure(at + "." + field + " is missing"));
  }

  private static Optional<String> text(JsonNode node, String at, String field) {
    JsonNode value = node.path(field);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw new CommandFailure((at.isEmpty() ? "" : at + ".") + field + " must be a text");
    }
    return Optional.of(value.textValue());
  }

  private static void check(JsonNode node, String at, Set<String> known) {
    String where = at.isEmpty() ? "the file" : at;
    if (!node.isObject()) {
      throw new CommandFailure(where + " must be an object");
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String field = entry.getKey();
      if (!known.contains(field)) {
        throw new CommandFailure(where + " has an unknown property '" + HumanText.of(field) + "'");
      }
    }
  }
}
