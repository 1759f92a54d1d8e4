package io.lva.rtspsim;

import java.util.HashMap;
import java.util.Map;

/**
 * Letters made of strokes with round ends, which are smooth at any size and need no font of the
 * host.
 *
 * <p>A glyph is a list of lines separated by {@code /}; a line is a list of points {@code x,y} on a
 * grid 4 wide and 6 high.
 *
 * <p>Immutable.
 */
final class StrokeFont {
  private static final double GRID_WIDTH = 4;
  private static final double GRID_HEIGHT = 6;
  private static final Map<Character, double[][]> GLYPHS = new HashMap<>();

  static {
    glyph('0', "1,0 3,0 4,1 4,5 3,6 1,6 0,5 0,1 1,0");
    glyph('1', "0.7,1.2 2,0 2,6 / 0.7,6 3.3,6");
    glyph('2', "0,1 1,0 3,0 4,1 4,2.2 0,6 4,6");
    glyph('3', "0,1 1,0 3,0 4,1 4,2 3,3 1.5,3 / 3,3 4,4 4,5 3,6 1,6 0,5");
    glyph('4', "3,6 3,0 0,4.3 4,4.3");
    glyph('5', "4,0 0.2,0 0,2.6 3,2.6 4,3.6 4,5 3,6 1,6 0,5");
    glyph('6', "4,1 3,0 1,0 0,1 0,5 1,6 3,6 4,5 4,3.6 3,2.6 1,2.6 0,3.6");
    glyph('7', "0,0 4,0 1.4,6");
    glyph('8', "1,3 0,2 0,1 1,0 3,0 4,1 4,2 3,3 1,3 0,4 0,5 1,6 3,6 4,5 4,4 3,3");
    glyph('9', "0,5 1,6 3,6 4,5 4,1 3,0 1,0 0,1 0,2.4 1,3.4 3,3.4 4,2.4");
    glyph(':', "2,1.7 2,1.7 / 2,4.3 2,4.3");
    glyph('.', "2,6 2,6");
    glyph('-', "0.8,3 3.2,3");
    glyph('A', "0,6 0,1 1,0 3,0 4,1 4,6 / 0,3.4 4,3.4");
    glyph('C', "4,1 3,0 1,0 0,1 0,5 1,6 3,6 4,5");
    glyph('E', "4,0 0,0 0,6 4,6 / 0,3 3,3");
    glyph('I', "2,0 2,6 / 0.8,0 3.2,0 / 0.8,6 3.2,6");
    glyph('L', "0,0 0,6 4,6");
    glyph('M', "0,6 0,0 2,2.6 4,0 4,6");
    glyph('O', "1,0 3,0 4,1 4,5 3,6 1,6 0,5 0,1 1,0");
    glyph('R', "0,6 0,0 3,0 4,1 4,2.2 3,3.2 0,3.2 / 2.2,3.2 4,6");
    glyph('S', "4,1 3,0 1,0 0,1 0,2 1,3 3,3 4,4 4,5 3,6 1,6 0,5");
    glyph('T', "0,0 4,0 / 2,0 2,6");
    glyph('U', "0,0 0,5 1,6 3,6 4,5 4,0");
  }

  private StrokeFont() {}

  /** Draws one letter into a cell; a letter that the font lacks is left blank. */
  static void draw(
      Canvas canvas, char letter, int x, int y, int width, int height, double weight, Colour ink) {
    double[][] lines = GLYPHS.getOrDefault(letter, new double[0][]);
    double left = x + width * 0.16 + weight / 2;
    double top = y + height * 0.08 + weight / 2;
    double scaleX = (width * 0.68 - weight) / GRID_WIDTH;
    double scaleY = (height * 0.84 - weight) / GRID_HEIGHT;
    for (int row = y; row < y + height; row++) {
      for (int column = x; column < x + width; column++) {
        double distance = Double.MAX_VALUE;
        for (double[] line : lines) {
          distance =
              Math.min(
                  distance, distance(line, column + 0.5 - left, row + 0.5 - top, scaleX, scaleY));
        }
        double cover = Math.max(0, Math.min(1, 0.5 + weight / 2 - distance));
        if (cover > 0) {
          canvas.blend(column, row, ink, cover);
        }
      }
    }
  }

  private static double distance(double[] line, double x, double y, double scaleX, double scaleY) {
    double nearest = Double.MAX_VALUE;
    for (int i = 0; i + 3 < line.length; i += 2) {
      double fromX = line[i] * scaleX;
      double fromY = line[i + 1] * scaleY;
      double deltaX = line[i + 2] * scaleX - fromX;
      double deltaY = line[i + 3] * scaleY - fromY;
      double square = deltaX * deltaX + deltaY * deltaY;
      double along = square == 0 ? 0 : ((x - fromX) * deltaX + (y - fromY) * deltaY) / square;
      double part = Math.max(0, Math.min(1, along));
      nearest = Math.min(nearest, Math.hypot(x - fromX - part * deltaX, y - fromY - part * deltaY));
    }
    return nearest;
  }

  private static void glyph(char letter, String strokes) {
    String[] lines = strokes.split(" / ", -1);
    double[][] points = new double[lines.length][];
    for (int i = 0; i < lines.length; i++) {
      String[] numbers = lines[i].split("[ ,]", -1);
      points[i] = new double[numbers.length];
      for (int j = 0; j < numbers.length; j++) {
        points[i][j] = Double.parseDouble(numbers[j]);
      }
    }
    GLYPHS.put(letter, points);
  }
}
