package io.lva.examples.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lva.graph.Transport;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * @param cameras to record; names are unique, and so are assets
 * @param refusals the entries of cameras that can never be recorded
 */
record UpConfig(
    String store, String address, int port, List<Camera> cameras, List<Refusal> refusals) {
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
    refusals = List.copyOf(refusals);
  }

  /** Returns whether an entry was refused. */
  boolean hasRefusals() {
    return !refusals.isEmpty();
  }

  /**
   * An entry that can never be recorded; the other entries are recorded all the same. Immutable.
   *
   * @param name of the camera, if the entry has one
   * @param reason what is wrong, where in the file, and what is allowed there, without secrets
   */
  record Refusal(Optional<String> name, String reason) {
    /** Returns one line for people. */
    String text() {
      return name.map(text -> "camera '" + HumanText.of(text) + "': ").orElse("") + reason;
    }
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
   * @throws CommandFailure when something besides the entries of cameras is wrong; the message says
   *     where, and never repeats a secret
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
    String store = text(root, "", "store").orElse("./recordings");
    String address = text(page, "page", "address").orElse("127.0.0.1");
    int port = port(page.path("port"));
    Entries entries = new Entries(folder);
    cameras(root).forEach(entries::add);
    return new UpConfig(store, address, port, entries.cameras, entries.refusals);
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

  private static JsonNode cameras(JsonNode root) {
    JsonNode list = root.path("cameras");
    if (!list.isArray() || list.isEmpty() || list.size() > MAXIMUM_CAMERAS) {
      throw new CommandFailure("cameras must be a list of 1 to " + MAXIMUM_CAMERAS);
    }
    return list;
  }

  /** The entries of cameras that have been read so far. */
  private static final class Entries {
    private final Path folder;
    private final List<Camera> cameras = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();

    Entries(Path folder) {
      this.folder = folder;
    }

    /**
     * Reads one more entry, and refuses it when it can never be recorded beside the earlier ones.
     */
    void add(JsonNode entry) {
      String at = "cameras[" + (cameras.size() + refusals.size()) + "]";
      try {
        Camera camera = camera(entry, at, folder);
        checkUnique(camera, at);
        cameras.add(camera);
      } catch (CommandFailure e) {
        String name = entry.path("name").asText();
        refusals.add(
            new Refusal(
                Optional.of(name).filter(text -> !text.isBlank()), String.valueOf(e.getMessage())));
      }
    }

    private void checkUnique(Camera camera, String at) {
      for (Camera other : cameras) {
        if (other.name().equals(camera.name())) {
          throw new CommandFailure(
              at + ".name: there are two cameras named '" + camera.name() + "'");
        }
        if (other.asset().equals(camera.asset()) && !camera.asset().contains("${")) {
          throw new CommandFailure(
              at
                  + ".asset: camera '"
                  + other.name()
                  + "' records to '"
                  + camera.asset()
                  + "'; give each its own");
        }
      }
    }
  }

  private static Camera camera(JsonNode node, String at, Path folder) {
    check(node, at, Camera.FIELDS);
    String name = required(node, at, "name");
    if (!CameraRules.isName(name)) {
      throw new CommandFailure(at + ".name must be " + CameraRules.NAMES);
    }
    Optional<String> user = text(node, at, "user");
    Optional<Path> passwordFile = path(node, at, "passwordFile", folder);
    if (user.isPresent() != passwordFile.isPresent()) {
      throw new CommandFailure(at + ": user and passwordFile go together");
    }
    return new Camera(
        name,
        url(node, at),
        asset(node, at).orElse(name),
        user,
        passwordFile,
        transport(node, at),
        new CameraTrust(
            path(node, at, "trustedCertificates", folder),
            flag(node, at, "ignoreHostname", false),
            flag(node, at, "ignoreSignature", false)),
        flag(node, at, "audio", true));
  }

  private static String url(JsonNode node, String at) {
    try {
      return CameraLink.checked(required(node, at, "url"));
    } catch (CommandFailure e) {
      throw e.getCause() == null ? e : new CommandFailure(at + ".url: " + e.getMessage(), e);
    }
  }

  private static Optional<String> asset(JsonNode node, String at) {
    Optional<String> asset = text(node, at, "asset");
    if (asset.isPresent() && !CameraRules.isAsset(asset.get())) {
      throw new CommandFailure(at + ".asset must be " + CameraRules.ASSETS);
    }
    return asset;
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

  private static Optional<Path> path(JsonNode node, String at, String field, Path folder) {
    try {
      return text(node, at, field).map(folder::resolve);
    } catch (InvalidPathException e) {
      throw new CommandFailure(at + "." + field + " is not a path: " + e.getReason(), e);
    }
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
