package io.lva.iot.edge;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What the module must log, according to its twin.
 *
 * <p>Immutable.
 *
 * @param level the value of {@code logLevel}
 * @param categories the values of {@code logCategories}
 * @param debugDirectory a folder in which everything is logged as well; empty for none
 */
public record LogSettings(Level level, Set<Category> categories, Optional<Path> debugDirectory) {
  /** The values of {@code logLevel}. */
  public enum Level {
    /** Everything. */
    VERBOSE,
    /** Changes of state and worse; the default. */
    INFORMATION,
    /** What may need attention, and worse. */
    WARNING,
    /** What needs an operator. */
    ERROR,
    /** Nothing. */
    NONE
  }

  /** The values of {@code logCategories}. */
  public enum Category {
    /** The module, its methods and its connection to the hub. */
    APPLICATION,
    /** The events that the module sends. */
    EVENTS,
    /** Sources, processors and sinks. */
    MEDIA_PIPELINE
  }

  /** What is logged unless the twin says otherwise. */
  public static final LogSettings STANDARD =
      new LogSettings(
          Level.INFORMATION, Set.of(Category.APPLICATION, Category.EVENTS), Optional.empty());

  /**
   * Copies the set.
   *
   * @param level see above
   * @param categories see above
   * @param debugDirectory see above
   */
  public LogSettings {
    categories = Set.copyOf(categories);
  }
}
