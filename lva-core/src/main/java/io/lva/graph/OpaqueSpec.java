package io.lva.graph;

/**
 * A node of a type that this library does not know, kept as it was read. A {@code NodeProvider} of
 * that type may give it a meaning.
 */
public sealed interface OpaqueSpec {
  /**
   * Returns the node type.
   *
   * @return the value of {@code @type}
   */
  String type();

  /**
   * Returns all its other properties.
   *
   * @return a JSON object without {@code @type}, {@code name} and {@code inputs}; may hold secrets
   */
  String json();

  /**
   * The outputs of an unknown node: it has both kinds, since it is not known what the node gives.
   *
   * @param media its media
   * @param events its events
   */
  record Outputs(MediaOutput media, EventOutput events) {
    private static Outputs of(Origin self) {
      return new Outputs(new MediaOutput(self), new EventOutput(self));
    }
  }

  /**
   * An unknown source. Immutable.
   *
   * @param type the value of {@code @type}
   * @param json all its other properties
   */
  record Source(String type, String json) implements OpaqueSpec, NodeSpec.Source<Outputs> {
    @Override
    public Outputs outputs(Origin self) {
      return Outputs.of(self);
    }

    /** Returns the type alone. */
    @Override
    public String toString() {
      return type;
    }
  }

  /**
   * An unknown processor. Immutable.
   *
   * @param type the value of {@code @type}
   * @param json all its other properties
   */
  record Processor(String type, String json)
      implements OpaqueSpec, NodeSpec.Processor<Inputs, Outputs> {
    @Override
    public Outputs outputs(Origin self) {
      return Outputs.of(self);
    }

    /** Returns the type alone. */
    @Override
    public String toString() {
      return type;
    }
  }

  /**
   * An unknown sink. Immutable.
   *
   * @param type the value of {@code @type}
   * @param json all its other properties
   */
  record Sink(String type, String json) implements OpaqueSpec, NodeSpec.Sink<Inputs> {
    /** Returns the type alone. */
    @Override
    public String toString() {
      return type;
    }
  }
}
