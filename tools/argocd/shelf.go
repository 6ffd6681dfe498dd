package main

import (
	"context"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/kubernetes"
	typedcorev1 "k8s.io/client-go/kubernetes/typed/core/v1"
)

// shelf is a cluster of one ConfigMap and one Secret that never change, for who lists and watches them. The fake that
// comes with the client is sixty packages to compile.
type shelf struct {
	kubernetes.Interface
	typedcorev1.CoreV1Interface
	configMap corev1.ConfigMap
	secret    corev1.Secret
}

func (s shelf) CoreV1() typedcorev1.CoreV1Interface { return s }

// IsWatchListSemanticsUnSupported tells informers to list before they watch.
func (shelf) IsWatchListSemanticsUnSupported() bool { return true }

func (s shelf) ConfigMaps(string) typedcorev1.ConfigMapInterface { return configMaps{one: s.configMap} }
func (s shelf) Secrets(string) typedcorev1.SecretInterface       { return secrets{one: s.secret} }

type configMaps struct {
	typedcorev1.ConfigMapInterface
	one corev1.ConfigMap
}

func (c configMaps) List(context.Context, metav1.ListOptions) (*corev1.ConfigMapList, error) {
	return &corev1.ConfigMapList{Items: []corev1.ConfigMap{c.one}}, nil
}

func (configMaps) Watch(context.Context, metav1.ListOptions) (watch.Interface, error) {
	return watch.NewFake(), nil
}

type secrets struct {
	typedcorev1.SecretInterface
	one corev1.Secret
}

func (s secrets) List(context.Context, metav1.ListOptions) (*corev1.SecretList, error) {
	return &corev1.SecretList{Items: []corev1.Secret{s.one}}, nil
}

func (secrets) Watch(context.Context, metav1.ListOptions) (watch.Interface, error) {
	return watch.NewFake(), nil
}
