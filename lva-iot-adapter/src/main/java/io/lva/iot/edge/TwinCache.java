package io.lva.iot.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The desired properties as they were last read, so that the module starts and records while the
 * hub is unreachable. Secrets are left out.
 *
 * <p>Confined to the thread of the supervisor.
 */
final class TwinCache {
  private static final System.Logger LOGGER = System.getLogger(TwinCache.class.getName());
  private static final String SECRETS = "aadserviceprincipal";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  TwinCache(Path folder) {
    file = folder.resolve("twin.json");
  }

  Optional<String> read() {
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file, UTF_8)) : Optional.empty();
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.WARNING, "The kept twin cannot be read: {0}", e.toString());
      return Optional.empty();
    }
  }

  /**
   * Stores the properties. When the disk fails, that is logged and the previous ones remain stored.
   */
  void write(String desired) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path fresh = file.resolveSibling("twin.json.new");
      Files.writeString(fresh, withoutSecrets(desired), UTF_8);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.WARNING, "The twin cannot be kept: {0}", e.toString());
    }
  }

  private static String withoutSecrets(String desired) throws JsonProcessingException {
    if (JSON.readTree(desired) instanceof ObjectNode object) {
      List<String> names =
          object.properties().stream()
              .map(property -> property.getKey())
              .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(SECRETS))
              .toList();
      return object.without(names).toString();
    }
    return "{}";
  }
}
