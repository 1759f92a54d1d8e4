package io.lva.asset.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/**
 * Explains in words why a file call failed, because the exceptions of Java often name only the
 * file.
 *
 * <p>Thread-safe: there is no state.
 */
public final class FailureReason {
  private FailureReason() {}

  /**
   * Describes a failure.
   *
   * @param failure of a store or a file
   * @return what is wrong, where, and what helps, in one line
   */
  public static String of(IOException failure) {
    String message = Optional.ofNullable(failure.getMessage()).orElse("");
    if (failure instanceof FileSystemException known && known.getReason() == null) {
      return known.getFile() + " " + words(known);
    }
    return message.isEmpty() ? failure.getClass().getSimpleName() : message;
  }

  private static String words(FileSystemException failure) {
    if (failure instanceof AccessDeniedException) {
      return "cannot be read or written by this user: change its permissions or be its owner";
    }
    if (failure instanceof NoSuchFileException) {
      return "is missing: it was moved or deleted";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "is there already: move it away";
    }
    if (failure instanceof NotDirectoryException) {
      return "is no folder";
    }
    if (failure instanceof DirectoryNotEmptyException) {
      return "is a folder that is not empty: move it away";
    }
    return "(" + failure.getClass().getSimpleName().replace("Exception", "") + ")";
  }
}
