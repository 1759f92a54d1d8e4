package io.lva.processor.motion;

import io.lva.processor.Picture;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Makes the pictures of a fixed camera with known truth: a textured scene with sensor noise, things
 * that cross it, and what disturbs detectors. One seed is one scene.
 */
final class SyntheticScene {
  static final int WIDTH = 960;
  static final int HEIGHT = 540;
  private static final int OCTAVES = 6;
  private static final int NOISE_BYTES = 1 << 20;

  /** What disturbs. */
  enum Weather {
    QUIET,
    /** Twice the noise, as at dusk. */
    NOISY,
    /** Exposure that swings by three per cent. */
    EXPOSURE,
    /** A light that is switched on and off every minute, by a third of the brightness. */
    LIGHT,
    /** The camera sways by up to three pixels. */
    SHAKE,
    /** Streaks of rain, everywhere others in each picture. */
    RAIN
  }

  /** Something that crosses the picture at a constant speed. All times in seconds. */
  record Mover(
      double start, double end, double x, double y, double dx, double dy, int w, int h, int tone) {
    boolean isAt(double time) {
      return time >= start && time <= end;
    }

    int left(double time) {
      return (int) (x + dx * (time - start));
    }

    int top(double time) {
      return (int) (y + dy * (time - start));
    }
  }

  private final Weather weather;
  private final Random random;
  private final float[] texture = new float[WIDTH * HEIGHT];
  private final byte[] noise = new byte[NOISE_BYTES];
  private final List<Mover> movers = new ArrayList<>();

  SyntheticScene(long seed, Weather weather) {
    this.weather = weather;
    random = new Random(seed);
    makeTexture();
    double sigma = weather == Weather.NOISY ? 2.5 : 1.25; // half of that at 1080p: larger pixels
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) Math.round(random.nextGaussian() * sigma);
    }
  }

  /** Adds things of a size, one after the other, with pauses between them. */
  SyntheticScene movers(int count, double pause, double area) {
    double time = pause;
    for (int i = 0; i < count; i++) {
      double seconds = 4 + random.nextDouble() * 6;
      double shape = 0.4 + random.nextDouble() * 1.6;
      int h = (int) Math.round(Math.sqrt(area * WIDTH * HEIGHT / shape));
      int w = (int) Math.round(area * WIDTH * HEIGHT / h);
      double pixels = WIDTH * (0.02 + random.nextDouble() * 0.08) * seconds;
      double angle = (random.nextDouble() - 0.5) * 0.6;
      double dx = pixels * Math.cos(angle) * (random.nextBoolean() ? 1 : -1);
      double dy = pixels * Math.sin(angle) * 0.5;
      double x = between(w, WIDTH, dx);
      double y = between(h, HEIGHT, dy);
      int tone = (35 + random.nextInt(60)) * (random.nextBoolean() ? 1 : -1);
      movers.add(new Mover(time, time + seconds, x, y, dx / seconds, dy / seconds, w, h, tone));
      time += seconds + pause;
    }
    return this;
  }

  List<Mover> movers() {
    return movers;
  }

  private double between(int size, int limit, double way) {
    double least = Math.max(0, -way);
    double most = Math.min(limit - size, limit - size - way);
    return most <= least ? least : least + random.nextDouble() * (most - least);
  }

  /** Makes the picture of a time. */
  Picture at(double seconds) {
    double gain = gain(seconds);
    int shiftX = weather == Weather.SHAKE ? (int) Math.round(3 * Math.sin(seconds * 2.7)) : 0;
    int shiftY = weather == Weather.SHAKE ? (int) Math.round(2 * Math.sin(seconds * 3.9)) : 0;
    float[] scene = texture.clone();
    movers.stream().filter(mover -> mover.isAt(seconds)).forEach(m -> draw(scene, m, seconds));
    if (weather == Weather.RAIN) {
      rain(scene);
    }
    byte[] luma = new byte[WIDTH * HEIGHT];
    int offset = random.nextInt(NOISE_BYTES);
    for (int y = 0; y < HEIGHT; y++) {
      int from = Math.max(0, Math.min(HEIGHT - 1, y + shiftY)) * WIDTH;
      for (int x = 0; x < WIDTH; x++) {
        double value = scene[from + Math.max(0, Math.min(WIDTH - 1, x + shiftX))] * gain;
        value += noise[(offset + y * WIDTH + x) & (NOISE_BYTES - 1)];
        luma[y * WIDTH + x] = (byte) Math.max(0, Math.min(255, Math.round(value)));
      }
    }
    byte[] grey = new byte[WIDTH / 2 * HEIGHT / 2];
    Arrays.fill(grey, (byte) 128);
    Picture.Plane chroma = new Picture.Plane(ByteBuffer.wrap(grey), WIDTH / 2);
    return new Picture(
        WIDTH, HEIGHT, true, new Picture.Plane(ByteBuffer.wrap(luma), WIDTH), chroma, chroma);
  }

  private double gain(double seconds) {
    return switch (weather) {
      case EXPOSURE -> 1 + 0.03 * Math.sin(seconds / 3);
      case LIGHT -> (long) (seconds / 60) % 2 == 0 ? 1 : 0.67;
      default -> 1;
    };
  }

  private void draw(float[] scene, Mover mover, double seconds) {
    int left = mover.left(seconds);
    int top = mover.top(seconds);
    for (int y = Math.max(0, top); y < Math.min(HEIGHT, top + mover.h()); y++) {
      for (int x = Math.max(0, left); x < Math.min(WIDTH, left + mover.w()); x++) {
        double u = (x - left + 0.5) / mover.w() * 2 - 1;
        double v = (y - top + 0.5) / mover.h() * 2 - 1;
        if (u * u * u * u + v * v * v * v <= 1) {
          double pattern = 12 * Math.sin((x - left) * 0.35) * Math.cos((y - top) * 0.22);
          scene[y * WIDTH + x] = (float) clamp(120 + mover.tone() + pattern);
        }
      }
    }
  }

  private void rain(float[] scene) {
    for (int i = 0; i < 400; i++) {
      int x = random.nextInt(WIDTH);
      int y = random.nextInt(HEIGHT - 30);
      int length = 8 + random.nextInt(22);
      for (int k = 0; k < length; k++) {
        int at = (y + k) * WIDTH + Math.min(WIDTH - 1, x + k / 8);
        scene[at] = (float) clamp(scene[at] + 40);
      }
    }
  }

  private static double clamp(double value) {
    return Math.max(0, Math.min(255, value));
  }

  /** Noise of six octaves whose contrast falls with the frequency, as in photographs. */
  private void makeTexture() {
    Arrays.fill(texture, 110);
    for (int octave = 0; octave < OCTAVES; octave++) {
      int cell = 256 >> octave;
      int columns = WIDTH / cell + 2;
      float[] knots = new float[columns * (HEIGHT / cell + 2)];
      for (int i = 0; i < knots.length; i++) {
        knots[i] = (float) (random.nextGaussian() * 28 / (1 << octave));
      }
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          float fx = (float) (x % cell) / cell;
          float fy = (float) (y % cell) / cell;
          int k = y / cell * columns + x / cell;
          float above = knots[k] + fx * (knots[k + 1] - knots[k]);
          float below = knots[k + columns] + fx * (knots[k + columns + 1] - knots[k + columns]);
          texture[y * WIDTH + x] += above + fy * (below - above);
        }
      }
    }
    for (int i = 0; i < texture.length; i++) {
      texture[i] = Math.max(20, Math.min(220, texture[i]));
    }
  }
}
