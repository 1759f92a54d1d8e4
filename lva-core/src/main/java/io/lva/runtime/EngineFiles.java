package io.lva.runtime;

import io.lva.graph.NodeTypes;
import io.lva.graph.TopologyException;
import io.lva.runtime.EngineException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The state of an engine on disk: a file per topology and per instance.
 *
 * <p>Not thread-safe.
 */
final class EngineFiles implements EngineStore {
  private static final System.Logger LOGGER = System.getLogger(EngineFiles.class.getName());

  private final FileChannel lock;
  private final NodeTypes types;
  private final StateFiles topologies;
  private final StateFiles instances;

  private EngineFiles(
      FileChannel lock, NodeTypes types, StateFiles topologies, StateFiles instances) {
    this.types = types;
    this.lock = lock;
    this.topologies = topologies;
    this.instances = instances;
  }

  /** Opens the files of one folder. */
  @FunctionalInterface
  interface Opener {
    StateFiles open(Path directory) throws IOException;
  }

  /** A step on files. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  static EngineFiles open(Path directory, NodeTypes types, Opener opener) {
    try {
      Files.createDirectories(directory);
      return open(directory, types, opener, lock(directory));
    } catch (IOException e) {
      throw new EngineException(
          Reason.STORAGE, "Cannot use the application data directory " + directory + ".", e);
    }
  }

  private static EngineFiles open(Path directory, NodeTypes types, Opener opener, FileChannel lock)
      throws IOException {
    try {
      return new EngineFiles(
          lock,
          types,
          opener.open(directory.resolve("topologies")),
          opener.open(directory.resolve("instances")));
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  private static FileChannel lock(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      LOGGER.log(System.Logger.Level.DEBUG, "An engine of this process has the lock", e);
    }
    channel.close();
    throw new EngineException(
        Reason.DIRECTORY_IN_USE,
        "Another engine uses the application data directory " + directory + ".");
  }

  @Override
  public List<TopologyResource> loadTopologies() {
    return load(topologies, "topology", content -> StateJson.readTopology(content, types));
  }

  @Override
  public List<KeptInstance> loadInstances() {
    return load(instances, "instance", StateJson::readInstance);
  }

  @Override
  public void put(TopologyResource topology) {
    byte[] content = StateJson.write(topology);
    attempt(() -> topologies.put(topology.topology().name(), content));
  }

  @Override
  public void put(KeptInstance instance) {
    byte[] content = StateJson.write(instance);
    attempt(() -> instances.put(instance.definition().name(), content));
  }

  @Override
  public void deleteTopology(String name) {
    attempt(() -> topologies.delete(name));
  }

  @Override
  public void deleteInstance(String name) {
    attempt(() -> instances.delete(name));
  }

  @Override
  public void close() {
    attempt(lock::close);
  }

  /** Reads one file. */
  @FunctionalInterface
  private interface Reader<T> {
    T read(byte[] content);
  }

  /** Reads what can be read: one broken file must not stop all cameras. */
  private static <T> List<T> load(StateFiles files, String kind, Reader<T> reader) {
    List<T> loaded = new ArrayList<>();
    try {
      for (Map.Entry<String, byte[]> file : files.load().entrySet()) {
        try {
          loaded.add(reader.read(file.getValue()));
        } catch (IllegalArgumentException | TopologyException e) {
          LOGGER.log(
              System.Logger.Level.ERROR,
              "The kept " + kind + " '" + file.getKey() + "' cannot be used: " + e.getMessage());
        }
      }
    } catch (IOException e) {
      throw new EngineException(Reason.STORAGE, "Cannot read the application data.", e);
    }
    return loaded;
  }

  private static void attempt(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw new EngineException(
          Reason.STORAGE, "Cannot write the application data: " + e.getMessage(), e);
    }
  }
}
