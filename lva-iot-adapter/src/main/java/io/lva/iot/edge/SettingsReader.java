package io.lva.iot.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lva.iot.edge.LogSettings.Category;
import io.lva.iot.edge.LogSettings.Level;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads desired properties, whose names match in any letter case. Used once. */
final class SettingsReader {
  static final String DATA_DIRECTORY = "applicationDataDirectory";
  static final String ASSET_STORE = "assetStore";
  static final String MEDIA_MEMORY = "mediaMemoryMiB";

  private static final String LOG_CATEGORIES = "logCategories";

  /**
   * Properties that only Azure Media Services needs, and the switch for telemetry, which is never
   * sent.
   */
  private static final Set<String> IGNORED =
      Set.of(
          "azuremediaservicesarmid",
          "aadtenantid",
          "aadserviceprincipalappid",
          "aadserviceprincipalsecret",
          "aadserviceprincipalpassword",
          "aadserviceprincipalcertificate",
          "aadendpoint",
          "aadresourceid",
          "armendpoint",
          "telemetryoptout");

  private static final Set<String> KNOWN =
      Set.of(
          DATA_DIRECTORY.toLowerCase(Locale.ROOT),
          ASSET_STORE.toLowerCase(Locale.ROOT),
          MEDIA_MEMORY.toLowerCase(Locale.ROOT),
          "operationaleventsoutputname",
          "diagnosticseventsoutputname",
          "diagnosticslevel",
          "loglevel",
          "logcategories",
          "debuglogsdirectory",
          "allowunsecuredendpoints");

  /** Characters that delimit credentials in a URI; the URI of a store does not need them. */
  private static final Pattern SECRET = Pattern.compile("[@?#]");

  private static final int LONGEST_SHOWN = 60;
  private static final int MOST_SHOWN = 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TreeMap<String, JsonNode> properties = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final List<String> problems = new ArrayList<>();

  private SettingsReader() {}

  /**
   * Reads the desired properties.
   *
   * @param desired a JSON object
   * @throws SettingsException when the text is not JSON, or properties are missing or wrong; the
   *     message names all of them
   */
  static ModuleSettings read(String desired) throws SettingsException {
    try {
      return new SettingsReader().settings(JSON.readTree(desired));
    } catch (JsonProcessingException e) {
      throw new SettingsException(List.of("they are no JSON."));
    }
  }

  private ModuleSettings settings(JsonNode desired) throws SettingsException {
    for (Map.Entry<String, JsonNode> property : desired.properties()) {
      if (!property.getKey().startsWith("$") && !property.getValue().isNull()) {
        properties.put(property.getKey(), property.getValue());
      }
    }
    Path directory = directory();
    ModuleSettings settings =
        new ModuleSettings(
            directory,
            store(directory),
            memory(),
            output("operationalEventsOutputName"),
            output("diagnosticsEventsOutputName"),
            choice("diagnosticsLevel", DiagnosticsLevel.INFORMATION),
            flag("allowUnsecuredEndpoints"),
            new LogSettings(
                choice("logLevel", Level.INFORMATION), categories(), path("debugLogsDirectory")),
            names(IGNORED));
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    return settings;
  }

  /**
   * Returns the names of unknown properties, such as misspelled ones: the first ten, and how many
   * more there are.
   */
  static List<String> unknown(String desired) {
    try {
      List<String> names = new ArrayList<>();
      for (Map.Entry<String, JsonNode> property : JSON.readTree(desired).properties()) {
        String name = property.getKey();
        String folded = name.toLowerCase(Locale.ROOT);
        if (!name.startsWith("$") && !KNOWN.contains(folded) && !IGNORED.contains(folded)) {
          names.add(shown(name));
        }
      }
      int more = names.size() - MOST_SHOWN;
      if (more > 0) {
        names.subList(MOST_SHOWN, names.size()).clear();
        names.add("and " + more + " more");
      }
      return names;
    } catch (JsonProcessingException e) {
      return List.of();
    }
  }

  private Path directory() {
    Optional<Path> path = path(DATA_DIRECTORY);
    if (path.isEmpty() && !properties.containsKey(DATA_DIRECTORY)) {
      problems.add("'" + DATA_DIRECTORY + "' is required: an absolute path in a mounted folder.");
    }
    return path.orElse(Path.of(""));
  }

  private URI store(Path directory) {
    Optional<String> text = text(ASSET_STORE);
    if (text.isEmpty()) {
      return folder(directory.resolve("recordings"));
    }
    String store = text.get();
    try {
      URI uri = URI.create(store);
      boolean isUri = uri.getScheme() != null && uri.getScheme().length() > 1;
      Path folder = Path.of(store);
      if (isUri && !SECRET.matcher(store).find()) {
        return uri;
      }
      if (!isUri && folder.isAbsolute()) {
        return folder(folder.normalize());
      }
    } catch (IllegalArgumentException e) {
      // It is reported below, without the text, which may hold a key.
    }
    problems.add(
        "'"
            + ASSET_STORE
            + "' must be an absolute path, azblob:CONTAINER[/PREFIX] or s3:BUCKET[/PREFIX];"
            + " credentials belong in the environment.");
    return folder(directory);
  }

  /** Returns the URI of a folder; it is the same whether or not the folder exists. */
  private static URI folder(Path path) {
    String uri = path.toUri().toString();
    return URI.create(uri.endsWith("/") ? uri : uri + "/");
  }

  private OptionalLong memory() {
    JsonNode value = properties.get(MEDIA_MEMORY);
    if (value == null) {
      return OptionalLong.empty();
    }
    if (!value.isIntegralNumber() || value.asLong() < 1 || value.asLong() > 1 << 20) {
      wrong(MEDIA_MEMORY, value, "a number of MiB from 1 to 1048576");
      return OptionalLong.empty();
    }
    return OptionalLong.of(value.asLong() << 20);
  }

  private Optional<String> output(String name) {
    Optional<String> output = text(name);
    if (output.isPresent() && !output.get().matches("[A-Za-z0-9._-]{1,50}")) {
      wrong(name, properties.get(name), "up to 50 letters, digits, dots, dashes or underscores");
    }
    return output;
  }

  private Set<Category> categories() {
    Optional<String> text = text(LOG_CATEGORIES);
    if (text.isEmpty()) {
      return LogSettings.STANDARD.categories();
    }
    Set<Category> categories = EnumSet.noneOf(Category.class);
    for (String name : text.get().split(",", -1)) {
      Optional<Category> category = find(Category.values(), name.strip());
      category.ifPresent(categories::add);
      if (category.isEmpty()) {
        wrong(LOG_CATEGORIES, properties.get(LOG_CATEGORIES), list(Category.values()));
      }
    }
    return categories;
  }

  private Optional<Path> path(String name) {
    Optional<String> text = text(name);
    try {
      Optional<Path> path = text.map(Path::of);
      if (path.isPresent() && !path.get().isAbsolute()) {
        wrong(name, properties.get(name), "an absolute path");
      }
      return path;
    } catch (InvalidPathException e) {
      wrong(name, properties.get(name), "a path");
      return Optional.empty();
    }
  }

  private boolean flag(String name) {
    JsonNode value = properties.get(name);
    String text = value == null ? "false" : value.asText().toLowerCase(Locale.ROOT);
    if (!text.equals("true") && !text.equals("false")) {
      wrong(name, value, "true or false");
    }
    return text.equals("true");
  }

  private <E extends Enum<E>> E choice(String name, E standard) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return standard;
    }
    E[] values = standard.getDeclaringClass().getEnumConstants();
    Optional<E> found = find(values, text.get());
    if (found.isEmpty()) {
      wrong(name, properties.get(name), list(values));
    }
    return found.orElse(standard);
  }

  /** Returns a property as text; an empty text counts as absent. */
  private Optional<String> text(String name) {
    JsonNode value = properties.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      wrong(name, value, "a text");
      return Optional.empty();
    }
    return Optional.of(value.asText().strip()).filter(text -> !text.isEmpty());
  }

  private List<String> names(Set<String> wanted) {
    return properties.keySet().stream()
        .filter(name -> wanted.contains(name.toLowerCase(Locale.ROOT)))
        .toList();
  }

  private void wrong(String name, @Nullable JsonNode value, String expected) {
    problems.add(
        "'" + name + "' is " + shown(String.valueOf(value)) + "; expected " + expected + ".");
  }

  private static <E extends Enum<E>> Optional<E> find(E[] values, String text) {
    return Arrays.stream(values).filter(each -> name(each).equalsIgnoreCase(text)).findFirst();
  }

  private static String list(Enum<?>[] values) {
    return Arrays.stream(values).map(SettingsReader::name).collect(Collectors.joining(", "));
  }

  /** Returns the name as the twin spells it, such as {@code MediaPipeline}. */
  private static String name(Enum<?> value) {
    return Arrays.stream(value.name().split("_", -1))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }

  private static String shown(String text) {
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
  }
}
