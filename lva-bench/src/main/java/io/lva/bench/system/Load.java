package io.lva.bench.system;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * What a recorder is asked to do.
 *
 * <p>Immutable.
 *
 * @param cameras where to record from
 * @param folder what it writes to; each camera in a folder of its own, see {@link #folder(int)}
 * @param fullSpeed whether media comes faster than real time
 * @param playback whether players will come
 */
record Load(List<URI> cameras, Path folder, boolean fullSpeed, boolean playback) {
  Load {
    cameras = List.copyOf(cameras);
  }

  /** Returns where the files of a camera go, which are numbered from 1. */
  Path folder(int camera) {
    return folder.resolve(name(camera));
  }

  /** Returns the name of a camera's folder. */
  static String name(int camera) {
    return "c-" + camera;
  }
}
