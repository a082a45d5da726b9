package dev.jobctl.resource.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.fabric8.kubernetes.api.model.ConfigMapProjection;
import io.fabric8.kubernetes.api.model.DownwardAPIProjection;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.io.IOException;

/// Volumes field by field, as far as every pod has them: the projected one of its account. See [Fields].
final class VolumeFields {
    private static final SerializableString API_VERSION = new SerializedString("apiVersion");
    private static final SerializableString AUDIENCE = new SerializedString("audience");
    private static final SerializableString AWS_ELASTIC_BLOCK_STORE = new SerializedString("awsElasticBlockStore");
    private static final SerializableString AZURE_DISK = new SerializedString("azureDisk");
    private static final SerializableString AZURE_FILE = new SerializedString("azureFile");
    private static final SerializableString CEPHFS = new SerializedString("cephfs");
    private static final SerializableString CINDER = new SerializedString("cinder");
    private static final SerializableString CLUSTER_TRUST_BUNDLE = new SerializedString("clusterTrustBundle");
    private static final SerializableString CONFIG_MAP = new SerializedString("configMap");
    private static final SerializableString CSI = new SerializedString("csi");
    private static final SerializableString DEFAULT_MODE = new SerializedString("defaultMode");
    private static final SerializableString DOWNWARD_API = new SerializedString("downwardAPI");
    private static final SerializableString EMPTY_DIR = new SerializedString("emptyDir");
    private static final SerializableString EPHEMERAL = new SerializedString("ephemeral");
    private static final SerializableString EXPIRATION_SECONDS = new SerializedString("expirationSeconds");
    private static final SerializableString FC = new SerializedString("fc");
    private static final SerializableString FIELD_PATH = new SerializedString("fieldPath");
    private static final SerializableString FIELD_REF = new SerializedString("fieldRef");
    private static final SerializableString FLEX_VOLUME = new SerializedString("flexVolume");
    private static final SerializableString FLOCKER = new SerializedString("flocker");
    private static final SerializableString GCE_PERSISTENT_DISK = new SerializedString("gcePersistentDisk");
    private static final SerializableString GIT_REPO = new SerializedString("gitRepo");
    private static final SerializableString GLUSTERFS = new SerializedString("glusterfs");
    private static final SerializableString HOST_PATH = new SerializedString("hostPath");
    private static final SerializableString IMAGE = new SerializedString("image");
    private static final SerializableString ISCSI = new SerializedString("iscsi");
    private static final SerializableString ITEMS = new SerializedString("items");
    private static final SerializableString KEY = new SerializedString("key");
    private static final SerializableString MODE = new SerializedString("mode");
    private static final SerializableString NAME = new SerializedString("name");
    private static final SerializableString NFS = new SerializedString("nfs");
    private static final SerializableString OPTIONAL = new SerializedString("optional");
    private static final SerializableString PATH = new SerializedString("path");
    private static final SerializableString PERSISTENT_VOLUME_CLAIM = new SerializedString("persistentVolumeClaim");
    private static final SerializableString PHOTON_PERSISTENT_DISK = new SerializedString("photonPersistentDisk");
    private static final SerializableString POD_CERTIFICATE = new SerializedString("podCertificate");
    private static final SerializableString PORTWORX_VOLUME = new SerializedString("portworxVolume");
    private static final SerializableString PROJECTED = new SerializedString("projected");
    private static final SerializableString QUOBYTE = new SerializedString("quobyte");
    private static final SerializableString RBD = new SerializedString("rbd");
    private static final SerializableString RESOURCE_FIELD_REF = new SerializedString("resourceFieldRef");
    private static final SerializableString SCALE_IO = new SerializedString("scaleIO");
    private static final SerializableString SECRET = new SerializedString("secret");
    private static final SerializableString SERVICE_ACCOUNT_TOKEN = new SerializedString("serviceAccountToken");
    private static final SerializableString SOURCES = new SerializedString("sources");
    private static final SerializableString STORAGEOS = new SerializedString("storageos");
    private static final SerializableString VSPHERE_VOLUME = new SerializedString("vsphereVolume");

    private VolumeFields() {}

    static void volume(Volume volume, JsonGenerator json, SerializerProvider provider) throws IOException {
        Fields.other(json, AWS_ELASTIC_BLOCK_STORE, volume.getAwsElasticBlockStore(), provider);
        Fields.other(json, AZURE_DISK, volume.getAzureDisk(), provider);
        Fields.other(json, AZURE_FILE, volume.getAzureFile(), provider);
        Fields.other(json, CEPHFS, volume.getCephfs(), provider);
        Fields.other(json, CINDER, volume.getCinder(), provider);
        Fields.other(json, CONFIG_MAP, volume.getConfigMap(), provider);
        Fields.other(json, CSI, volume.getCsi(), provider);
        Fields.other(json, DOWNWARD_API, volume.getDownwardAPI(), provider);
        Fields.other(json, EMPTY_DIR, volume.getEmptyDir(), provider);
        Fields.other(json, EPHEMERAL, volume.getEphemeral(), provider);
        Fields.other(json, FC, volume.getFc(), provider);
        Fields.other(json, FLEX_VOLUME, volume.getFlexVolume(), provider);
        Fields.other(json, FLOCKER, volume.getFlocker(), provider);
        Fields.other(json, GCE_PERSISTENT_DISK, volume.getGcePersistentDisk(), provider);
        Fields.other(json, GIT_REPO, volume.getGitRepo(), provider);
        Fields.other(json, GLUSTERFS, volume.getGlusterfs(), provider);
        Fields.other(json, HOST_PATH, volume.getHostPath(), provider);
        Fields.other(json, IMAGE, volume.getImage(), provider);
        Fields.other(json, ISCSI, volume.getIscsi(), provider);
        Fields.text(json, NAME, volume.getName());
        Fields.other(json, NFS, volume.getNfs(), provider);
        Fields.other(json, PERSISTENT_VOLUME_CLAIM, volume.getPersistentVolumeClaim(), provider);
        Fields.other(json, PHOTON_PERSISTENT_DISK, volume.getPhotonPersistentDisk(), provider);
        Fields.other(json, PORTWORX_VOLUME, volume.getPortworxVolume(), provider);
        Fields.object(json, PROJECTED, volume.getProjected(), provider, VolumeFields::projected);
        Fields.other(json, QUOBYTE, volume.getQuobyte(), provider);
        Fields.other(json, RBD, volume.getRbd(), provider);
        Fields.other(json, SCALE_IO, volume.getScaleIO(), provider);
        Fields.other(json, SECRET, volume.getSecret(), provider);
        Fields.other(json, STORAGEOS, volume.getStorageos(), provider);
        Fields.other(json, VSPHERE_VOLUME, volume.getVsphereVolume(), provider);
        Fields.others(json, volume.getAdditionalProperties(), provider);
    }

    static void projected(ProjectedVolumeSource projected, JsonGenerator json, SerializerProvider provider)
            throws IOException {
        Fields.number(json, DEFAULT_MODE, projected.getDefaultMode());
        Fields.list(json, SOURCES, projected.getSources(), provider, VolumeFields::projection);
        Fields.others(json, projected.getAdditionalProperties(), provider);
    }

    static void projection(VolumeProjection projection, JsonGenerator json, SerializerProvider provider)
            throws IOException {
        Fields.other(json, CLUSTER_TRUST_BUNDLE, projection.getClusterTrustBundle(), provider);
        Fields.object(json, CONFIG_MAP, projection.getConfigMap(), provider, VolumeFields::configMap);
        Fields.object(json, DOWNWARD_API, projection.getDownwardAPI(), provider, VolumeFields::downward);
        Fields.other(json, POD_CERTIFICATE, projection.getPodCertificate(), provider);
        Fields.other(json, SECRET, projection.getSecret(), provider);
        Fields.object(json, SERVICE_ACCOUNT_TOKEN, projection.getServiceAccountToken(), provider, VolumeFields::token);
        Fields.others(json, projection.getAdditionalProperties(), provider);
    }

    static void token(ServiceAccountTokenProjection token, JsonGenerator json, SerializerProvider provider)
            throws IOException {
        Fields.text(json, AUDIENCE, token.getAudience());
        Fields.number(json, EXPIRATION_SECONDS, token.getExpirationSeconds());
        Fields.text(json, PATH, token.getPath());
        Fields.others(json, token.getAdditionalProperties(), provider);
    }

    static void configMap(ConfigMapProjection map, JsonGenerator json, SerializerProvider provider) throws IOException {
        Fields.list(json, ITEMS, map.getItems(), provider, VolumeFields::item);
        Fields.text(json, NAME, map.getName());
        Fields.truth(json, OPTIONAL, map.getOptional());
        Fields.others(json, map.getAdditionalProperties(), provider);
    }

    static void item(KeyToPath item, JsonGenerator json, SerializerProvider provider) throws IOException {
        Fields.text(json, KEY, item.getKey());
        Fields.number(json, MODE, item.getMode());
        Fields.text(json, PATH, item.getPath());
        Fields.others(json, item.getAdditionalProperties(), provider);
    }

    static void downward(DownwardAPIProjection downward, JsonGenerator json, SerializerProvider provider)
            throws IOException {
        Fields.list(json, ITEMS, downward.getItems(), provider, VolumeFields::file);
        Fields.others(json, downward.getAdditionalProperties(), provider);
    }

    static void file(DownwardAPIVolumeFile file, JsonGenerator json, SerializerProvider provider) throws IOException {
        Fields.object(json, FIELD_REF, file.getFieldRef(), provider, VolumeFields::fieldRef);
        Fields.number(json, MODE, file.getMode());
        Fields.text(json, PATH, file.getPath());
        Fields.other(json, RESOURCE_FIELD_REF, file.getResourceFieldRef(), provider);
        Fields.others(json, file.getAdditionalProperties(), provider);
    }

    static void fieldRef(ObjectFieldSelector field, JsonGenerator json, SerializerProvider provider)
            throws IOException {
        Fields.text(json, API_VERSION, field.getApiVersion());
        Fields.text(json, FIELD_PATH, field.getFieldPath());
        Fields.others(json, field.getAdditionalProperties(), provider);
    }
}
