package io.lva.examples.cli;

import io.lva.asset.export.AssetExport;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Where an export goes: a file, which appears when it is complete, or a stream of bytes. */
abstract class ExportTarget {
  private static final String STANDARD_OUTPUT = "-";

  private ExportTarget() {}

  /**
   * Writes the whole export.
   *
   * @throws ReaderGoneException when the program that reads it has ended
   * @throws IOException when a store or the target fails
   */
  abstract void write(AssetExport export) throws IOException;

  static boolean isStandardOutput(String output) {
    return output.equals(STANDARD_OUTPUT);
  }

  /**
   * Returns the target that {@code --output} names.
   *
   * @param output a path, or {@code -}
   * @param replace whether a file that exists may be replaced
   * @throws CommandFailure when nothing can be written there, or a file exists that may not be
   *     replaced
   */
  static ExportTarget of(String output, boolean replace) {
    if (isStandardOutput(output)) {
      return new StandardOutput();
    }
    Path target = target(output);
    if (Files.isDirectory(target)) {
      throw new CommandFailure("--output " + output + " is a folder, not a file");
    }
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      return new Stream(target);
    }
    Path folder = target.getParent();
    if (folder == null || !Files.isWritable(folder)) {
      throw new CommandFailure("--output " + output + ": nothing can be written to its folder");
    }
    if (Files.exists(target) && !replace) {
      throw new CommandFailure("--output " + output + " exists: give --force to replace it");
    }
    return new File(target);
  }

  /** Returns the file that the output names, with links resolved if it exists. */
  private static Path target(String output) {
    try {
      Path path = Path.of(output);
      return Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
    } catch (InvalidPathException e) {
      throw new CommandFailure("--output '" + output + "' is no name of a file", e);
    } catch (IOException e) {
      return Path.of(output).toAbsolutePath(); // the end of a pipe
    }
  }

  /**
   * Thrown when the program that reads an export ends because it has read enough, as {@code head}
   * does.
   */
  static final class ReaderGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    private ReaderGoneException(IOException cause) {
      super(cause);
    }
  }

  /** A channel that may lead to another program. */
  private record Pipe(FileChannel target) implements WritableByteChannel {
    @Override
    public int write(ByteBuffer bytes) throws IOException {
      try {
        return target.write(bytes);
      } catch (IOException e) {
        boolean gone = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
        throw gone ? new ReaderGoneException(e) : e; // Java has no type for it
      }
    }

    @Override
    public boolean isOpen() {
      return target.isOpen();
    }

    @Override
    public void close() throws IOException {
      target.close();
    }
  }

  /** The standard output of this process. */
  private static final class StandardOutput extends ExportTarget {
    @Override
    void write(AssetExport export) throws IOException {
      try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
        export.writeTo(new Pipe(out.getChannel()), (done, total) -> {});
      }
    }
  }

  /** A pipe or a device, which is written to and never replaced. */
  private static final class Stream extends ExportTarget {
    private final Path path;

    Stream(Path path) {
      this.path = path;
    }

    @Override
    void write(AssetExport export) throws IOException {
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        export.writeTo(new Pipe(channel), (done, total) -> {});
      }
    }
  }

  /**
   * A file, written under another name beside it and then renamed, so that no partial file appears.
   */
  private static final class File extends ExportTarget {
    private final Path path;

    File(Path path) {
      this.path = path;
    }

    @Override
    void write(AssetExport export) throws IOException {
      Path unfinished = path.resolveSibling(path.getFileName() + ".part");
      try (ProgressLine progress = ProgressLine.onTerminal();
          FileChannel channel =
              FileChannel.open(
                  unfinished,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE)) {
        export.writeTo(channel, progress::show);
      } catch (IOException e) {
        Files.deleteIfExists(unfinished);
        throw e;
      }
      Files.move(unfinished, path, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
