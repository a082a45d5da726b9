package dev.jobctl.resource.validation;

import static dev.jobctl.resource.value.Settled.list;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Names;
import dev.jobctl.resource.value.Quantities;
import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The volumes of a pod.
final class VolumeValidation {
    private static final int MAX_MODE = 0777;
    private static final List<String> HOST_PATH_TYPES = List.of(
            "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket");

    private VolumeValidation() {}

    /// Returns the names that mounts may use.
    static Set<String> check(List<Volume> volumes, String path, Complaints to) {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < volumes.size(); i++) {
            Volume volume = volumes.get(i);
            String at = path + "[" + i + "]";
            String name = Settled.orEmpty(volume.getName());
            source(volume, at, to);
            if (name.isEmpty()) {
                to.required(at + ".name", "");
            } else {
                to.invalidEach(at + ".name", name, Names.dnsLabel(name));
            }
            if (!names.add(name)) {
                to.duplicate(at + ".name", name);
            }
        }
        return names;
    }

    private static void source(Volume volume, String path, Complaints to) {
        List<String> sources = sources(volume);
        if (sources.isEmpty()) {
            to.required(path, "must specify a volume type");
        }
        for (int i = 1; i < sources.size(); i++) {
            to.forbidden(path + "." + sources.get(i), "may not specify more than 1 volume type");
        }
        if (volume.getEmptyDir() != null && volume.getEmptyDir().getSizeLimit() != null) {
            if (Quantities.amount(volume.getEmptyDir().getSizeLimit()).signum() < 0) {
                to.forbidden(path + ".emptyDir.sizeLimit", "SizeLimit field must be a valid resource quantity");
            }
        }
        if (volume.getHostPath() != null) {
            String at = path + ".hostPath";
            String place = Settled.orEmpty(volume.getHostPath().getPath());
            if (place.isEmpty()) {
                to.required(at + ".path", "");
            } else if (backsteps(place)) {
                to.invalid(at + ".path", place, "must not contain '..'");
            }
            String type = Settled.orEmpty(volume.getHostPath().getType());
            if (!HOST_PATH_TYPES.contains(type)) {
                to.notSupported(at + ".type", type, HOST_PATH_TYPES);
            }
        }
        if (volume.getSecret() != null) {
            String at = path + ".secret";
            name(at + ".secretName", volume.getSecret().getSecretName(), to);
            mode(at + ".defaultMode", volume.getSecret().getDefaultMode(), to);
            items(list(volume.getSecret().getItems()), at + ".items", to);
        }
        if (volume.getConfigMap() != null) {
            String at = path + ".configMap";
            name(at + ".name", volume.getConfigMap().getName(), to);
            mode(at + ".defaultMode", volume.getConfigMap().getDefaultMode(), to);
            items(list(volume.getConfigMap().getItems()), at + ".items", to);
        }
        if (volume.getPersistentVolumeClaim() != null) {
            name(
                    path + ".persistentVolumeClaim.claimName",
                    volume.getPersistentVolumeClaim().getClaimName(),
                    to);
        }
        if (volume.getProjected() != null) {
            mode(path + ".projected.defaultMode", volume.getProjected().getDefaultMode(), to);
        }
        if (volume.getDownwardAPI() != null) {
            mode(path + ".downwardAPI.defaultMode", volume.getDownwardAPI().getDefaultMode(), to);
        }
    }

    private static List<String> sources(Volume volume) {
        List<String> found = new ArrayList<>();
        for (var member : Json.tree(volume).properties()) {
            JsonNode value = member.getValue();
            if (!member.getKey().equals("name") && value.isObject()) {
                found.add(member.getKey());
            }
        }
        return found;
    }

    private static void name(String path, @Nullable String name, Complaints to) {
        if (Settled.blank(name)) {
            to.required(path, "");
        }
    }

    private static void mode(String path, @Nullable Integer mode, Complaints to) {
        if (mode != null && (mode < 0 || mode > MAX_MODE)) {
            to.invalid(path, mode, "must be a number between 0 and 0777 (octal), both inclusive");
        }
    }

    private static void items(List<KeyToPath> items, String path, Complaints to) {
        for (int i = 0; i < items.size(); i++) {
            KeyToPath item = items.get(i);
            String at = path + "[" + i + "]";
            name(at + ".key", item.getKey(), to);
            if (Settled.blank(item.getPath())) {
                to.required(at + ".path", "");
            } else {
                descending(at + ".path", item.getPath(), to);
                if (item.getPath().startsWith("..") && !backsteps(item.getPath())) {
                    to.invalid(at + ".path", item.getPath(), "must not start with '..'");
                }
            }
            mode(at + ".mode", item.getMode(), to);
        }
    }

    /// A relative path that does not climb.
    static void descending(String path, String value, Complaints to) {
        if (value.startsWith("/")) {
            to.invalid(path, value, "must be a relative path");
        }
        if (backsteps(value)) {
            to.invalid(path, value, "must not contain '..'");
        }
    }

    private static boolean backsteps(String value) {
        return Arrays.asList(value.split("/", -1)).contains("..");
    }
}
