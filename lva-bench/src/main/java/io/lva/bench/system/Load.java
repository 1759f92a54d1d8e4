package io.lva.bench.system;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * The task of a recorder.
 *
 * <p>Immutable.
 *
 * @param cameras addresses to record from
 * @param folder where it writes, each camera in a folder of its own, see {@link #folder(int)}
 * @param fullSpeed whether media comes faster than real time
 * @param playback whether players connect
 */
record Load(List<URI> cameras, Path folder, boolean fullSpeed, boolean playback) {
  Load {
    cameras = List.copyOf(cameras);
  }

  /** Returns the folder of a camera; cameras are numbered from 1. */
  Path folder(int camera) {
    return folder.resolve(name(camera));
  }

  /** Returns the name of a camera's folder. */
  static String name(int camera) {
    return "c-" + camera;
  }
}
