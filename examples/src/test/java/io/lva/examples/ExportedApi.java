package io.lva.examples;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a module exports to everybody, as text: one line per type and member, in order. */
final class ExportedApi {
  private static final Pattern EXPORT = Pattern.compile("exports\\s+([\\w.]+)\\s*;");

  private ExportedApi() {}

  /** Returns the text of a module, from its sources and its classes. */
  static String of(Path module) throws IOException {
    Path sources = module.resolve("src/main/java");
    List<String> packages =
        EXPORT
            .matcher(Files.readString(sources.resolve("module-info.java")))
            .results()
            .map((MatchResult found) -> found.group(1))
            .sorted()
            .toList();
    List<String> lines = new ArrayList<>();
    for (String name : packages) {
      lines.add("package " + name);
      for (Class<?> type : types(sources, name)) {
        describe(type, lines);
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static List<Class<?>> types(Path sources, String packageName) throws IOException {
    try (Stream<Path> files = Files.list(sources.resolve(packageName.replace('.', '/')))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".java") && !file.equals("package-info.java"))
          .sorted()
          .<Class<?>>map(file -> load(packageName + '.' + file.replace(".java", "")))
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, /* initialize= */ false, ExportedApi.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError("not compiled: " + name, e);
    }
  }

  private static void describe(Class<?> type, List<String> lines) {
    if (!isVisible(type.getModifiers())) {
      return;
    }
    lines.add("  " + header(type));
    Stream<Member> members =
        Stream.of(
                type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
            .flatMap(Arrays::stream);
    members
        .filter(member -> isVisible(member.getModifiers()) && !member.isSynthetic())
        .map(ExportedApi::text)
        .sorted()
        .forEach(line -> lines.add("    " + line));
    Arrays.stream(type.getDeclaredClasses())
        .sorted((one, other) -> one.getName().compareTo(other.getName()))
        .forEach(inner -> describe(inner, lines));
  }

  private static String header(Class<?> type) {
    List<String> above = new ArrayList<>();
    if (type.getSuperclass() != null && type.getSuperclass() != Object.class) {
      above.add(type.getGenericSuperclass().getTypeName());
    }
    Arrays.stream(type.getGenericInterfaces()).forEach(each -> above.add(each.getTypeName()));
    String sealed = type.isSealed() ? "sealed " : "";
    return sealed
        + type.toGenericString().replaceFirst("\\b(non-)?sealed ", "") // told by some JDKs only
        + (above.isEmpty() ? "" : " : " + String.join(", ", above));
  }

  private static String text(Member member) {
    if (member instanceof Field field) {
      return field.toGenericString();
    }
    Executable executable = (Executable) member;
    return executable instanceof Method method
        ? method.toGenericString()
        : ((Constructor<?>) executable).toGenericString();
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }
}
