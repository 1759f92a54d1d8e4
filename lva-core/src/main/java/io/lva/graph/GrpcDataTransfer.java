package io.lva.graph;

import java.util.Optional;

/**
 * How pictures are handed to a gRPC service.
 *
 * <p>Immutable.
 */
public final class GrpcDataTransfer extends PropertyObject {
  static final Property.Scalar<Mode> MODE = Property.required("mode", ValueTypes.of(Mode.class));
  static final Property.Scalar<Long> SHARED_MEMORY_SIZE_MIB =
      Property.optional("sharedMemorySizeMiB", ValueTypes.WHOLE)
          .limited(size -> size >= 1, "be at least 1");
  static final ObjectType<GrpcDataTransfer> TYPE =
      ObjectType.unnamed(GrpcDataTransfer::new, MODE, SHARED_MEMORY_SIZE_MIB)
          .rule(GrpcDataTransfer::checkMode);

  private GrpcDataTransfer(Settings settings) {
    super(TYPE, settings);
  }

  /** Where the bytes of pictures are. */
  public enum Mode {
    /** In the messages. */
    EMBEDDED,
    /** In memory that both sides map. */
    SHARED_MEMORY
  }

  /**
   * Returns the transfer of pictures in messages.
   *
   * @return the transfer
   */
  public static GrpcDataTransfer embedded() {
    return new GrpcDataTransfer(Settings.empty().with(MODE, Value.of(Mode.EMBEDDED)));
  }

  /**
   * Returns the transfer of pictures in shared memory.
   *
   * @param sizeMiB the amount of memory, 1 to 1024 in units of 1024 x 1024 bytes
   * @return the transfer
   */
  public static GrpcDataTransfer sharedMemory(long sizeMiB) {
    return new GrpcDataTransfer(
        Settings.empty()
            .with(MODE, Value.of(Mode.SHARED_MEMORY))
            .with(SHARED_MEMORY_SIZE_MIB, Value.of(sizeMiB)));
  }

  /**
   * Returns where the bytes of pictures are.
   *
   * @return in messages or in shared memory
   * @throws IllegalStateException when it is missing, which {@link TopologyRules} reports
   */
  public Value<Mode> mode() {
    return require(MODE);
  }

  /**
   * Returns how much memory is shared.
   *
   * @return the size in units of 1024 x 1024 bytes; empty when not set, as with pictures in
   *     messages. Shared memory needs a size
   */
  public Optional<Value<Long>> sharedMemorySizeMiB() {
    return find(SHARED_MEMORY_SIZE_MIB);
  }

  private static void checkMode(GrpcDataTransfer transfer, ObjectRule.Report report) {
    boolean embedded =
        transfer.find(MODE).flatMap(Value::literal).filter(Mode.EMBEDDED::equals).isPresent();
    if (embedded && transfer.sharedMemorySizeMiB().isPresent()) {
      report.add(
          ProblemCode.MODULE_VALIDATION,
          SHARED_MEMORY_SIZE_MIB.name(),
          "'sharedMemorySizeMiB' needs the mode 'SharedMemory'.");
    }
  }
}
