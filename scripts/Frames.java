import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// Gives the classes of a jar that were compiled for Java 5 the stack maps, and the version, of Java 6. An AOT cache
/// takes no classes without them: they would be read from the jar and verified the old, slow way in every new JVM. The
/// manifest says so; nothing else changes. A jar that cannot be changed stays as it is.
final class Frames {
    private final JarFile from;
    private final ClassFile classes;

    private Frames(JarFile from) {
        this.from = from;
        ClassHierarchyResolver own = ClassHierarchyResolver.ofResourceParsing(this::ownClass);
        classes = ClassFile.of(
                StackMapsOption.GENERATE_STACK_MAPS,
                ClassHierarchyResolverOption.of(own.orElse(ClassHierarchyResolver.defaultResolver())));
    }

    public static void main(String[] jars) throws IOException {
        for (String name : jars) {
            Path jar = Path.of(name);
            ByteArrayOutputStream made = new ByteArrayOutputStream();
            try (JarFile from = new JarFile(jar.toFile());
                    JarOutputStream to = new JarOutputStream(made)) {
                new Frames(from).copy(to);
            }
            Files.write(jar, made.toByteArray());
        }
    }

    private void copy(JarOutputStream to) throws IOException {
        for (JarEntry entry : from.stream().toList()) {
            JarEntry copy = new JarEntry(entry.getName());
            copy.setTime(entry.getTime());
            to.putNextEntry(copy);
            if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
                Manifest manifest = from.getManifest();
                manifest.getMainAttributes().put(new Attributes.Name("Changed"), "stack maps were added");
                manifest.write(to);
            } else {
                byte[] bytes = from.getInputStream(entry).readAllBytes();
                to.write(entry.getName().endsWith(".class") ? withFrames(bytes) : bytes);
            }
            to.closeEntry();
        }
    }

    private byte[] withFrames(byte[] bytes) {
        ClassModel model = classes.parse(bytes);
        if (model.majorVersion() >= ClassFile.JAVA_6_VERSION) {
            return bytes;
        }
        // Bodies that are copied as they are would get no maps.
        ClassTransform anew = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL);
        return classes.transformClass(
                model, anew.andThen(ClassTransform.endHandler(to -> to.withVersion(ClassFile.JAVA_6_VERSION, 0))));
    }

    private InputStream ownClass(ClassDesc type) {
        String name = type.descriptorString();
        JarEntry entry = from.getJarEntry(name.substring(1, name.length() - 1) + ".class");
        try {
            return entry == null ? null : from.getInputStream(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
