package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"path"
	"time"

	"github.com/siderolabs/talos/pkg/machinery/api/common"
	"github.com/siderolabs/talos/pkg/machinery/api/machine"
	"github.com/siderolabs/talos/pkg/machinery/config/configdiff"
	"github.com/siderolabs/talos/pkg/machinery/config/configloader"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/peer"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/timestamppb"
)

// What a node answers in maintenance; all else is not there then (internal/app/maintenance).
var inMaintenance = map[string]bool{"ApplyConfiguration": true, "Version": true, "Upgrade": true, "Reset": true}

// admit notes a call and says what is wrong with it; cut is to be called with the outcome.
func (n *node) admit(ctx context.Context, full string) error {
	method := path.Base(full)
	as := "maintenance"
	if from, ok := peer.FromContext(ctx); ok {
		if info, ok := from.AuthInfo.(credentials.TLSInfo); ok && len(info.State.PeerCertificates) > 0 {
			as = "client"
		}
	}
	n.lab.mu.Lock()
	n.lab.calls = append(n.lab.calls, call{n.address, method, as})
	stage := n.stage
	slow := n.lab.has("slow", n.address, method)
	fail := n.lab.has("fail", n.address, method)
	n.lab.mu.Unlock()
	if slow != nil {
		time.Sleep(time.Duration(slow.Millis) * time.Millisecond)
	}
	if fail != nil {
		return status.Error(codes.Internal, fail.Text)
	}
	if stage == maintenance && !inMaintenance[method] {
		return status.Error(codes.Unimplemented, "API is not implemented in maintenance mode")
	}
	return nil
}

// cut ends the connection before the answer: what was asked is done all the same.
func (n *node) cut(full string) error {
	n.lab.mu.Lock()
	defer n.lab.mu.Unlock()
	if n.lab.has("cut", n.address, path.Base(full)) == nil {
		return nil
	}
	return status.Error(codes.Unavailable, "connection error: desc = \"transport is closing\"")
}

func (n *node) onUnary(ctx context.Context, request any, info *grpc.UnaryServerInfo, handle grpc.UnaryHandler) (any, error) {
	if err := n.admit(ctx, info.FullMethod); err != nil {
		return nil, err
	}
	answer, err := handle(ctx, request)
	if err != nil {
		return nil, err
	}
	return answer, n.cut(info.FullMethod)
}

func (n *node) onStream(service any, stream grpc.ServerStream, info *grpc.StreamServerInfo, handle grpc.StreamHandler) error {
	if err := n.admit(stream.Context(), info.FullMethod); err != nil {
		return err
	}
	if err := handle(service, stream); err != nil {
		return err
	}
	return n.cut(info.FullMethod)
}

type machineService struct {
	machine.UnimplementedMachineServiceServer
	node *node
}

func (s *machineService) metadata() *common.Metadata {
	return &common.Metadata{Hostname: s.node.address}
}

func (s *machineService) Version(context.Context, *emptypb.Empty) (*machine.VersionResponse, error) {
	s.node.lab.mu.Lock()
	defer s.node.lab.mu.Unlock()
	return &machine.VersionResponse{Messages: []*machine.Version{{
		Metadata: s.metadata(),
		Version:  &machine.VersionInfo{Tag: s.node.version, Os: "linux", Arch: "amd64"},
		Features: &machine.FeaturesInfo{Rbac: true},
	}}}, nil
}

func (s *machineService) ApplyConfiguration(_ context.Context, in *machine.ApplyConfigurationRequest) (*machine.ApplyConfigurationResponse, error) {
	n := s.node
	n.lab.mu.Lock()
	defer n.lab.mu.Unlock()
	provider, err := configloader.NewFromBytes(in.GetData())
	if err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	if _, err := provider.Validate(cloud{}); err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	details := "Applied configuration without a reboot"
	staged := in.Mode == machine.ApplyConfigurationRequest_STAGED
	if staged {
		details = "Staged configuration to be applied after the next reboot"
	}
	if in.Mode == machine.ApplyConfigurationRequest_NO_REBOOT && n.stage == running {
		if f := n.lab.has("needs-reboot", n.address, ""); f != nil {
			return nil, status.Error(codes.InvalidArgument, "this config change can't be applied in immediate mode")
		}
	}
	if in.DryRun {
		var current = n.config
		diff, err := "", error(nil)
		if current != nil {
			diff, err = configdiff.DiffConfigs(current, provider)
		} else {
			diff, err = configdiff.DiffConfigs(nil, provider)
		}
		if err != nil {
			return nil, err
		}
		if diff == "" {
			diff = "No changes."
		}
		details = fmt.Sprintf("Dry run summary:\n%s (skipped in dry-run).\nConfig diff:\n\n%s", details, diff)
	} else {
		n.config, n.raw = provider, in.GetData()
		if n.stage == maintenance {
			n.stage = booting
			go func() {
				// The answer goes out first.
				time.Sleep(20 * time.Millisecond)
				n.lab.mu.Lock()
				defer n.lab.mu.Unlock()
				n.reboot()
			}()
		}
	}
	return &machine.ApplyConfigurationResponse{Messages: []*machine.ApplyConfiguration{{
		Metadata: s.metadata(), Mode: in.Mode, ModeDetails: details,
	}}}, nil
}

// cloud is a machine that was started from an image for a cloud: it needs no installation.
type cloud struct{}

func (cloud) String() string        { return "cloud" }
func (cloud) RequiresInstall() bool { return false }
func (cloud) InContainer() bool     { return false }

func (s *machineService) onlyControlPlane(what string) error {
	if s.node.isMember() {
		return nil
	}
	return status.Errorf(codes.Unimplemented, "%s is only available on control plane nodes", what)
}

func (s *machineService) Bootstrap(context.Context, *machine.BootstrapRequest) (*machine.BootstrapResponse, error) {
	n := s.node
	n.lab.mu.Lock()
	defer n.lab.mu.Unlock()
	if err := s.onlyControlPlane("bootstrap"); err != nil {
		return nil, err
	}
	if n.lab.has("not-yet", n.address, "") != nil {
		return nil, status.Error(codes.FailedPrecondition, "bootstrap is not available yet")
	}
	if n.etcdData {
		return nil, status.Error(codes.AlreadyExists, "etcd data directory is not empty")
	}
	n.etcdData = true
	go func() {
		time.Sleep(n.lab.boot)
		n.lab.mu.Lock()
		defer n.lab.mu.Unlock()
		n.lab.settle()
	}()
	return &machine.BootstrapResponse{Messages: []*machine.Bootstrap{{Metadata: s.metadata()}}}, nil
}

func (s *machineService) EtcdMemberList(context.Context, *machine.EtcdMemberListRequest) (*machine.EtcdMemberListResponse, error) {
	n := s.node
	n.lab.mu.Lock()
	defer n.lab.mu.Unlock()
	if err := s.onlyControlPlane("member list"); err != nil {
		return nil, err
	}
	if !n.etcdRuns() || !n.lab.quorum() {
		return nil, status.Error(codes.DeadlineExceeded, "context deadline exceeded")
	}
	members := []*machine.EtcdMember{}
	for index, one := range n.lab.allMembers() {
		members = append(members, &machine.EtcdMember{
			Id: uint64(index + 1), Hostname: one.hostname(), PeerUrls: []string{"https://" + one.address + ":2380"},
		})
	}
	return &machine.EtcdMemberListResponse{Messages: []*machine.EtcdMembers{{Metadata: s.metadata(), Members: members}}}, nil
}

func (s *machineService) ServiceList(context.Context, *emptypb.Empty) (*machine.ServiceListResponse, error) {
	n := s.node
	n.lab.mu.Lock()
	defer n.lab.mu.Unlock()
	service := func(id string, healthy bool) *machine.ServiceInfo {
		state := "Running"
		if !healthy {
			state = "Waiting"
		}
		return &machine.ServiceInfo{
			Id: id, State: state,
			Health: &machine.ServiceHealth{Healthy: healthy, LastChange: timestamppb.Now()},
			Events: &machine.ServiceEvents{Events: []*machine.ServiceEvent{{State: state, Ts: timestamppb.Now()}}},
		}
	}
	services := []*machine.ServiceInfo{service("apid", true), service("kubelet", n.lab.quorum() && n.lab.has("no-kubelet", n.address, "") == nil)}
	if n.isMember() {
		services = append(services, service("etcd", n.etcdRuns()))
	}
	return &machine.ServiceListResponse{Messages: []*machine.ServiceList{{Metadata: s.metadata(), Services: services}}}, nil
}

func (s *machineService) Kubeconfig(_ *emptypb.Empty, stream grpc.ServerStreamingServer[common.Data]) error {
	s.node.lab.mu.Lock()
	defer s.node.lab.mu.Unlock()
	if err := s.onlyControlPlane("kubeconfig"); err != nil {
		return err
	}
	text, err := s.node.kubeconfig()
	if err != nil {
		return err
	}
	var buffer bytes.Buffer
	zipped := gzip.NewWriter(&buffer)
	archive := tar.NewWriter(zipped)
	if err := archive.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: "kubeconfig", Size: int64(len(text)), Mode: 0o600}); err != nil {
		return err
	}
	if _, err := archive.Write(text); err != nil {
		return err
	}
	_ = archive.Close()
	_ = zipped.Close()
	return stream.Send(&common.Data{Bytes: buffer.Bytes()})
}

// Read gives the one file that is asked for.
func (s *machineService) Read(in *machine.ReadRequest, stream grpc.ServerStreamingServer[common.Data]) error {
	if in.GetPath() != "/proc/sys/kernel/random/boot_id" {
		return status.Error(codes.NotFound, "no such file or directory")
	}
	s.node.lab.mu.Lock()
	defer s.node.lab.mu.Unlock()
	return stream.Send(&common.Data{Bytes: fmt.Appendf(nil, "00000000-0000-4000-8000-%012d\n", s.node.boots)})
}

func (s *machineService) Reboot(context.Context, *machine.RebootRequest) (*machine.RebootResponse, error) {
	s.node.later()
	return &machine.RebootResponse{Messages: []*machine.Reboot{{Metadata: s.metadata()}}}, nil
}

// later starts the node again once the answer is out.
func (n *node) later() {
	go func() {
		time.Sleep(20 * time.Millisecond)
		n.lab.mu.Lock()
		defer n.lab.mu.Unlock()
		n.reboot()
	}()
}

// install writes a version beside the one that runs. A control plane whose etcd would lose its quorum refuses.
func (n *node) install(image string) error {
	version, err := versionOf(image)
	if err != nil {
		return status.Error(codes.InvalidArgument, err.Error())
	}
	n.lab.mu.Lock()
	defer n.lab.mu.Unlock()
	n.next, n.image = version, image
	return nil
}

// Upgrade is how Talos before v1.13 was upgraded.
func (s *machineService) Upgrade(_ context.Context, in *machine.UpgradeRequest) (*machine.UpgradeResponse, error) {
	if err := s.node.install(in.GetImage()); err != nil {
		return nil, err
	}
	s.node.later()
	return &machine.UpgradeResponse{Messages: []*machine.Upgrade{{Metadata: s.metadata(), Ack: "Upgrade request received"}}}, nil
}

type imageService struct {
	machine.UnimplementedImageServiceServer
	node *node
}

func (s *imageService) Pull(in *machine.ImageServicePullRequest, stream grpc.ServerStreamingServer[machine.ImageServicePullResponse]) error {
	return stream.Send(&machine.ImageServicePullResponse{
		Response: &machine.ImageServicePullResponse_Name{Name: in.GetImageRef()},
	})
}

type lifecycleService struct {
	machine.UnimplementedLifecycleServiceServer
	node *node
}

func (s *lifecycleService) Upgrade(in *machine.LifecycleServiceUpgradeRequest, stream grpc.ServerStreamingServer[machine.LifecycleServiceUpgradeResponse]) error {
	if err := s.node.install(in.GetSource().GetImageName()); err != nil {
		return err
	}
	return stream.Send(&machine.LifecycleServiceUpgradeResponse{
		Progress: &machine.LifecycleServiceInstallProgress{
			Response: &machine.LifecycleServiceInstallProgress_ExitCode{ExitCode: 0},
		},
	})
}
