/**
 * The actions that hand out an id, or are asynchronous by their doc comments, and are in no table: with the reason.
 */

type Reason =
  /** No action of the types takes the id and tells a state. */
  | 'noQuery'
  /** There may be an action for it, but the types don't say which, or say it of other tasks only. */
  | 'unnamedQuery'
  /** The id can only be a value of a filter. */
  | 'filter'
  /** The action that takes the id tells counts, a progress or a result, or the state of the resource, not of the task. */
  | 'noTaskState'
  /** The values of the state are not documented. */
  | 'undocumentedValues'
  /** The documented values leave open which of them ends a task, or how, or are not a list. */
  | 'ambiguousValues'
  /** A value says that the task ended, but not whether it succeeded. */
  | 'noFailureValue'
  /** Several ids in one response, or several entries for one id. */
  | 'several'
  /** The id is absent, empty or 0 for some requests, which start no task. */
  | 'maybeNone'
  /** The id is of an earlier task, which the action stops or changes. */
  | 'existing'
  /** The id is of something that lasts: a configuration, a contract, a session, a task that other actions start. */
  | 'lasting'
  /** The id is no id of a task. */
  | 'notTask'
  /** The member or the action is deprecated. */
  | 'deprecated'

type LeftOut = Readonly<Record<string, Readonly<Partial<Record<Reason, ReadonlyArray<string>>>>>>

/** Actions that hand out an id in a member of the response. */
export const leftOut: LeftOut = {
  'adp 2026-05-20': {
    noQuery: ['ExportQA'],
  },
  'apm 2021-06-22': {
    noQuery: ['CreateProfileTask'],
  },
  'bda 2020-03-24': {
    noFailureValue: ['CreateSegmentationTask'],
  },
  'bdrc 2026-03-30': {
    noQuery: ['RunFailoverCopyPairs'],
  },
  'bh 2023-04-18': {
    noQuery: ['RunOperationTask'],
    lasting: ['CreateOperationTask'],
  },
  'bm 2018-04-23': {
    unnamedQuery: ['CreateSpotDevice'],
  },
  'cat 2018-04-09': {
    lasting: ['CreateProbeTasks'],
  },
  'cdb 2017-03-20': {
    noQuery: ['SubmitInstanceUpgradeCheckJob'],
    deprecated: ['IsolateDBInstance', 'ModifyDBInstanceVipVport'],
  },
  'cdc 2020-12-14': {
    noQuery: ['CreateDedicatedClusterImageCache'],
  },
  'cdn 2018-06-06': {
    several: ['PurgePathCache', 'PurgeUrlsCache', 'PushUrlsCache'],
  },
  'cdwch 2020-09-15': {
    noQuery: [
      'CreateInstanceNew',
      'DestroyInstance',
      'ModifyClusterConfigs',
      'ModifyInstanceKeyValConfigs',
      'ResizeDisk',
      'RestartInstance',
      'ScaleCNOutUpInstance',
      'ScaleOutInstance',
      'ScaleUpInstance',
    ],
  },
  'cdwdoris 2021-12-28': {
    noQuery: [
      'CreateInstanceNew',
      'DestroyInstance',
      'ModifyClusterConfigs',
      'ModifyInstanceKeyValConfigs',
      'ModifyNodeStatus',
      'ReduceInstance',
      'ResizeDisk',
      'RestartClusterForConfigs',
      'RestartClusterForNode',
      'ScaleOutInstance',
      'ScaleUpInstance',
    ],
  },
  'cdwpg 2020-12-30': {
    noQuery: [
      'CreateInstanceByApi',
      'DestroyInstanceByApi',
      'ModifyDBParameters',
      'ModifyUserHba',
      'RestartInstance',
      'ScaleOutInstance',
      'ScaleUpInstance',
      'UpgradeInstance',
    ],
  },
  'cfg 2021-08-20': {
    lasting: ['CreateTaskFromAction', 'CreateTaskFromMultiAction', 'CreateTaskFromTemplate', 'TriggerPolicy'],
  },
  'cfs 2019-07-19': {
    noQuery: ['RunDataRetrievalTask'],
    filter: ['CreateMigrationTask'],
    noFailureValue: ['CreateLifecycleDataTask'],
    existing: ['StopMigrationTask'],
    lasting: ['CreateDataFlow', 'ModifyDataFlow'],
  },
  'cii 2021-04-08': {
    several: ['AddSubStructureTasks', 'CreateUnderwriteTaskById'],
  },
  'cls 2020-10-16': {
    ambiguousValues: ['CreateRebuildIndexTask'],
    lasting: [
      'CreateAlarmShield',
      'CreateDataTransform',
      'CreateDlcDeliver',
      'CreateEsRecharge',
      'CreateMetricSubscribe',
      'CreateRecordingRuleTask',
      'CreateRemoteWriteTask',
      'CreateS3Recharge',
      'CreateScheduledSql',
      'CreateSplunkDeliver',
      'ModifyRecordingRuleTask',
    ],
  },
  'cme 2019-10-29': {
    unnamedQuery: ['GenerateVideoSegmentationSchemeByAi'],
    maybeNone: ['ImportMaterial', 'ImportMediaToProject'],
  },
  'csip 2022-11-21': {
    noQuery: [
      'CreateAccessKeySyncTask',
      'CreateCosAssetSyncTask',
      'CreateCosObjectScanTask',
      'CreateRiskCenterScanTask',
      'CreateScanTask',
      'CreateVulScanManual',
      'ExportCSIPMalwareScanTaskDetail',
      'ModifyMachinesLoginType',
      'StartOrModifyPreventUninstall',
    ],
    unnamedQuery: [
      'CreateAllAssetsExportJob',
      'CreateAssetComponentListExportJob',
      'CreateAssetComponentRelatedImageListExportJob',
      'CreateAssetProcessExportJob',
      'CreateAssetViewRisksExportJob',
      'CreateBaselineAggregatedItemExportJob',
      'CreateBaselineFixRecordExportJob',
      'CreateBaselineMainTaskExportJob',
      'CreateCFGRiskPDFReportExportJob',
      'CreateCFGRisksExportJob',
      'CreateCheckViewRisksExportJob',
      'CreateCloudFunctionExportJob',
      'CreateClusterContainerListExportJob',
      'CreateClusterListExportJob',
      'CreateClusterNamespaceListExportJob',
      'CreateClusterNodeListExportJob',
      'CreateComplianceRiskExportJob',
      'CreateDspmAccessExportJob',
      'CreateDspmApproveHistoryExportJob',
      'CreateDspmAssetAccessTopologyExportJob',
      'CreateDspmAssetIdentifyInfoExportJob',
      'CreateDspmAssetsExportJob',
      'CreateDspmIdentifyInfoListExportJob',
      'CreateDspmRiskExportJob',
      'CreateDynamicAssetsExportJob',
      'CreateEdrAlertExportJob',
      'CreateExposuresExportJob',
      'CreateHighBaseLineRisksExportJob',
      'CreateHostImageListExportJob',
      'CreateHostVulExportJob',
      'CreateIaCFileExportJob',
      'CreateImageAssetListExportJob',
      'CreateImageAssociatedContainerListExportJob',
      'CreateImageAssociatedHostListExportJob',
      'CreateImageComponentListExportJob',
      'CreateImageLayerVulListExportJob',
      'CreateImageRegistryListExportJob',
      'CreateImageSensitiveInfoListExportJob',
      'CreateImageVirusListExportJob',
      'CreateImageVulListExportJob',
      'CreateImageVulSummaryListExportJob',
      'CreatePodContainerListExportJob',
      'CreatePodServiceListExportJob',
      'CreatePublicAssetsExportJob',
      'CreateRiskDetailExportJob',
      'CreateScanStatisticExportJob',
      'CreateVulFixedExportJob',
      'CreateVulRisksExportJob',
    ],
    undocumentedValues: ['CreateAssetSyncTask', 'CreateClusterAssetSyncTask'],
    noFailureValue: [
      'CreateCSIPManualMalwareScan',
      'CreateImageRegistryConnectivityTask',
      'ModifyCSIPLicenseBinds',
      'ModifyCSIPRaspLicenseBinds',
      'ModifyRaspLicenseBinds',
      'ScanEDRTaskAgain',
    ],
    existing: [
      'DeleteEDRScanTask',
      'ModifyRiskCenterScanTask',
      'ScanCSIPTaskAgain',
      'StopCSIPManualMalwareScan',
      'StopEDRScanTask',
      'StopPreventUninstall',
    ],
  },
  'cvm 2017-03-12': {
    noQuery: ['ConvertOperatingSystems', 'ExportImages'],
    existing: ['RepairTaskControl'],
  },
  'cwp 2018-02-28': {
    unnamedQuery: ['ExportVulDetectionReport'],
    noTaskState: [
      'CreateScanMalwareSetting',
      'ModifyLicenseBinds',
      'ScanAsset',
      'ScanBaseline',
      'ScanVul',
      'StartBaselineDetect',
      'SyncAssetScan',
    ],
    several: ['SyncBaselineDetectSummary'],
  },
  'cynosdb 2019-01-07': {
    noQuery: ['ModifyClusterParam'],
    filter: [
      'CancelClusterServerlessScalePlan',
      'CopyBackupToVault',
      'CreateAccounts',
      'CreateCLSDelivery',
      'CreateVault',
      'DeleteAccounts',
      'DeleteBackupVault',
      'DeleteCLSDelivery',
      'DeleteClusterSaveBackup',
      'ModifyClusterBinlogRedoLogAutoCopyVault',
      'ModifyClusterGlobalEncryption',
      'ModifyClusterLevel',
      'ModifyServerlessStrategy',
      'ModifySnapBackupCrossRegionConfig',
      'ModifyVault',
      'OpenAIOptimizer',
      'OpenClusterTransparentEncrypt',
      'ReplayInstanceAuditLog',
      'StartCLSDelivery',
      'StopCLSDelivery',
      'TransferClusterZone',
    ],
    several: ['ModifyClusterReadOnly'],
  },
  'dbbrain 2019-10-16': {
    noQuery: ['CreateDBDiagReportTask'],
    undocumentedValues: ['CreateSecurityAuditLogExportTask'],
  },
  'dbbrain 2021-05-27': {
    noQuery: ['CreateAuditLogFile', 'CreateDBDiagReportTask', 'CreateRedisBigKeyAnalysisTask'],
    undocumentedValues: ['CreateSecurityAuditLogExportTask'],
    noFailureValue: ['CreateProxySessionKillTask'],
    notTask: ['CloseAuditService', 'OpenAuditService'],
  },
  'dbs 2021-11-08': {
    undocumentedValues: ['CreateConnectTestJob'],
  },
  'dcdb 2018-04-11': {
    noQuery: ['KillSession'],
    ambiguousValues: ['CreateOnlineDDLJob'],
    several: ['InitDCDBInstances'],
  },
  'dlc 2021-01-25': {
    noQuery: ['CreateBenchmarkTask', 'RerunBenchmarkTask'],
    unnamedQuery: ['CreateExportTask', 'CreateImportTask', 'CreateSparkAppTask', 'CreateSparkSubmitTask'],
    existing: ['StopBenchmarkTask'],
  },
  'dnspod 2021-03-23': {
    noTaskState: [
      'CreateDomainBatch',
      'CreateRecordBatch',
      'DeleteDomainBatch',
      'DeleteRecordBatch',
      'ModifyDomainCNAMESpeedupStatusBatch',
      'ModifyDomainRecursiveStatusBatch',
      'ModifyRecordBatch',
      'ModifyRecordBatchV3',
    ],
    undocumentedValues: ['RollbackRecordSnapshot', 'RollbackSnapshot'],
  },
  'ds 2018-05-23': {
    undocumentedValues: ['CreateContractByUpload', 'DownloadContract'],
  },
  'dsgc 2019-07-23': {
    noQuery: ['CreateAssetSortingReportRetryTask', 'CreateAssetSortingReportTask'],
    undocumentedValues: ['ExportAssetDetailData'],
    lasting: ['CreateDSPAAssessmentTask', 'CreateDSPACOSDiscoveryTask', 'CreateDSPADiscoveryTask'],
  },
  'dts 2018-03-30': {
    lasting: ['CreateMigrateJob'],
  },
  'dts 2021-12-06': {
    several: ['CreateMigrationService', 'CreateSyncJob'],
    lasting: ['CreateCompareTask', 'CreateSyncCompareTask'],
  },
  'ecc 2018-12-13': {
    noFailureValue: ['ECC'],
  },
  'ecm 2019-07-19': {
    noQuery: ['CreateImage'],
    unnamedQuery: ['AllocateIpv6AddressesBandwidth', 'ReleaseIpv6AddressesBandwidth'],
    filter: ['ImportCustomImage'],
  },
  'emr 2019-01-03': {
    noFailureValue: ['RunJobFlow'],
    maybeNone: ['AddUsersForUserManager'],
    notTask: ['ModifyInspectionSettings'],
  },
  'es 2018-04-16': {
    noQuery: ['CreateCosMigrateToServerlessInstance', 'InstallInstanceModel'],
  },
  'ess 2020-11-11': {
    noTaskState: ['CreateBatchOrganizationRegistrationTasks'],
    noFailureValue: ['CancelOrganizationFlows', 'CreateBatchCancelFlowUrl'],
    several: ['CreateBatchContractReviewTask', 'CreateBatchInformationExtractionTask'],
    maybeNone: ['CreateContractDiffTaskWebUrl', 'CreateContractReviewWebUrl'],
    lasting: [
      'ArchiveDynamicFlow',
      'CreateDynamicFlowApprover',
      'CreateFlow',
      'CreateFlowByFiles',
      'CreateFlowGroupByFiles',
      'CreateFlowGroupByTemplates',
      'CreateMiniAppPrepareFlow',
      'CreatePrepareFlow',
      'CreateReleaseFlow',
    ],
  },
  'essbasic 2020-12-22': {
    lasting: ['CreateFlowByFiles'],
  },
  'essbasic 2021-05-26': {
    noTaskState: ['CreateBatchOrganizationRegistrationTasks'],
    noFailureValue: ['CancelOrganizationFlows', 'ChannelBatchCancelFlows', 'ChannelCreateBatchCancelFlowUrl'],
    lasting: [
      'ArchiveDynamicFlow',
      'ChannelCreateFlowByFiles',
      'ChannelCreateFlowGroupByFiles',
      'ChannelCreateFlowGroupByTemplates',
      'ChannelCreatePrepareFlow',
      'ChannelCreateReleaseFlow',
      'CreateFlowsByTemplates',
      'ModifyOrganizationBusinessInfo',
    ],
  },
  'ga2 2025-01-15': {
    lasting: ['CreateGlobalAcceleratorAccessLog'],
  },
  'gaap 2018-05-29': {
    unnamedQuery: ['CloseSecurityPolicy', 'OpenSecurityPolicy'],
  },
  'gme 2018-07-11': {
    several: ['CreateAgeDetectTask'],
    lasting: ['StartAIConversation', 'StartRecord'],
  },
  'goosefs 2022-05-19': {
    noFailureValue: ['CreateDataRepositoryTask', 'CreateLoadTask'],
  },
  'hai 2023-08-12': {
    noQuery: ['ResetInstancesPassword', 'StartInstance', 'StopInstance'],
  },
  'hcm 2018-11-06': {
    deprecated: ['Evaluation'],
  },
  'iai 2018-03-01': {
    noFailureValue: ['UpgradeGroupFaceModelVersion'],
  },
  'ie 2020-03-04': {
    noFailureValue: ['CreateEditingTask'],
    several: ['CreateMediaQualityRestorationTask'],
  },
  'iotcloud 2018-06-14': {
    noQuery: ['CreateTask'],
    unnamedQuery: ['PublishBroadcastMessage'],
    undocumentedValues: ['BatchUpdateFirmware'],
    noFailureValue: ['CreateMultiDevice'],
  },
  'iotcloud 2021-04-08': {
    unnamedQuery: ['PublishBroadcastMessage'],
    undocumentedValues: ['BatchUpdateFirmware'],
  },
  'iotexplorer 2019-04-23': {
    noQuery: ['ImportTWeSeeFaces', 'PublishBroadcastMessage'],
    unnamedQuery: ['CreateExternalSourceAIServiceTask', 'InvokeExternalSourceAIServiceTask'],
    undocumentedValues: ['BatchUpdateFirmware'],
  },
  'iotvideo 2019-11-26': {
    noTaskState: ['ModifyDeviceAction', 'SendOnlineMsg'],
  },
  'iotvideo 2020-12-15': {
    undocumentedValues: ['BatchUpdateFirmware'],
  },
  'iotvideo 2021-11-25': {
    undocumentedValues: ['BatchUpdateFirmware'],
  },
  'keewidb 2022-03-08': {
    maybeNone: ['ResetPassword'],
  },
  'kms 2019-01-18': {
    noQuery: ['RotateKey'],
  },
  'lcic 2022-08-17': {
    lasting: ['StartRecord'],
  },
  'live 2018-08-01': {
    undocumentedValues: ['CreateVideoRedrawTask'],
    ambiguousValues: ['CreateLiveAvatarCloneFigure'],
    lasting: ['CreateLivePullStreamTask', 'CreateLiveRecord', 'CreateRecordTask', 'CreateScreenshotTask'],
  },
  'lke 2023-11-30': {
    undocumentedValues: ['ExportAttributeLabel', 'ModifyAttributeLabel'],
  },
  'lkeap 2024-05-22': {
    notTask: ['ReconstructDocumentSSE'],
  },
  'mariadb 2017-03-12': {
    noQuery: ['KillSession'],
  },
  'market 2019-10-10': {
    notTask: ['FlowProductRemind'],
  },
  'mongodb 2018-04-08': {
    noQuery: ['SetPassword'],
    several: ['AssignProject'],
    notTask: ['TerminateDBInstance'],
  },
  'mongodb 2019-07-25': {
    unnamedQuery: [
      'EnableWanService',
      'FlashBackDBInstance',
      'ModifyDBInstanceNetworkAddress',
      'PromoteDBInstanceToActive',
      'RestartNodes',
      'RestoreDBInstance',
      'ScaleDownDBInstanceCpu',
      'ScaleUpDBInstanceCpu',
      'UpgradeDBInstanceKernelVersion',
    ],
    several: ['AssignProject'],
    notTask: ['ModifyInstanceParams'],
  },
  'monitor 2018-07-24': {
    lasting: ['CreatePrometheusScrapeJob'],
  },
  'monitor 2023-06-16': {
    lasting: ['CreateAIWorkbenchTask'],
  },
  'mps 2019-06-12': {
    unnamedQuery: ['CreateAiDramaTask', 'CreateAiFissionTask', 'CreateVideoRedrawTask'],
    noFailureValue: [
      'BatchProcessMedia',
      'CreateMediaEvaluation',
      'EditMedia',
      'ExtractBlindWatermark',
      'ParseLiveStreamProcessNotification',
      'ProcessImage',
      'ProcessLiveStream',
      'ProcessMedia',
      'RecognizeMediaForZhiXue',
      'WithdrawsWatermark',
    ],
    existing: ['ModifyDocToVideoTaskStatus'],
  },
  'mrs 2020-09-10': {
    noTaskState: ['ImageMaskAsync', 'TurnPDFToObjectAsync'],
  },
  'msp 2018-03-19': {
    undocumentedValues: ['RegisterMigrationTask'],
  },
  'oceanus 2019-04-22': {
    lasting: ['CreateJob'],
  },
  'ocr 2018-11-19': {
    several: ['SubmitMarkEssayAgentJob'],
  },
  'postgres 2017-03-12': {
    maybeNone: ['ModifyDBProxySSLConfig'],
  },
  'pts 2021-07-28': {
    lasting: ['CreateCronJob'],
  },
  'redis 2018-04-12': {
    unnamedQuery: ['AllocateWanAddress', 'ReleaseWanAddress'],
    several: ['ApplyParamsTemplate'],
    maybeNone: ['ResetPassword'],
    deprecated: ['StartupInstance', 'UpgradeVersionToMultiAvailabilityZones'],
  },
  'ses 2020-10-02': {
    noQuery: ['BatchSendEmail'],
  },
  'sqlserver 2018-03-28': {
    notTask: ['CreateBusinessIntelligenceFile'],
  },
  'ssl 2019-12-05': {
    several: ['CreateCertificateBindResourceSyncTask', 'DeleteCertificates'],
    maybeNone: ['DeleteCertificate'],
  },
  'ssm 2019-09-23': {
    maybeNone: ['DeleteSecret', 'RotateProductSecret'],
  },
  'tcaplusdb 2019-08-23': {
    noTaskState: [
      'DeleteBackupRecords',
      'DeleteCluster',
      'DeleteTableGroup',
      'DisableRestProxy',
      'EnableRestProxy',
      'ImportSnapshots',
      'ModifyClusterTags',
      'ModifyTableGroupTags',
      'SetBackupExpireRule',
    ],
    several: ['CreateBackup'],
  },
  'tcb 2018-06-08': {
    noQuery: ['PushPGUserMigrations'],
  },
  'tcbr 2022-02-17': {
    undocumentedValues: ['SubmitServerRollback'],
    maybeNone: ['SubmitServerConfigChangeDiff'],
    notTask: ['CreateCloudRunServer', 'UpdateCloudRunServer'],
  },
  'tcss 2020-11-01': {
    noQuery: [
      'CreateComplianceTask',
      'ModifyAsset',
      'ScanComplianceAssets',
      'ScanComplianceAssetsByPolicyItem',
      'ScanCompliancePolicyItems',
      'ScanComplianceScanFailedAssets',
    ],
    unnamedQuery: [
      'CreateAbnormalProcessRulesExportJob',
      'CreateAccessControlsRuleExportJob',
      'CreateAssetImageVirusExportJob',
      'CreateComponentExportJob',
      'CreateDefenceVulExportJob',
      'CreateEmergencyVulExportJob',
      'CreateEscapeEventsExportJob',
      'CreateEscapeWhiteListExportJob',
      'CreateHostExportJob',
      'CreateImageExportJob',
      'CreateK8sApiAbnormalEventExportJob',
      'CreateK8sApiAbnormalRuleExportJob',
      'CreateProcessEventsExportJob',
      'CreateRiskDnsEventExportJob',
      'CreateSystemVulExportJob',
      'CreateVulContainerExportJob',
      'CreateVulDefenceEventExportJob',
      'CreateVulDefenceHostExportJob',
      'CreateVulExportJob',
      'CreateVulImageExportJob',
      'CreateWebVulExportJob',
      'ExportVirusList',
    ],
    undocumentedValues: [
      'CreateAssetImageRegistryScanTask',
      'CreateAssetImageRegistryScanTaskOneKey',
      'CreateAssetImageScanTask',
    ],
    several: ['CreateVulScanTask'],
    maybeNone: [
      'AddAndPublishNetworkFirewallPolicyDetail',
      'AddAndPublishNetworkFirewallPolicyYamlDetail',
      'AddNetworkFirewallPolicyDetail',
      'AddNetworkFirewallPolicyYamlDetail',
      'ConfirmNetworkFirewallPolicy',
      'CreateClusterCheckTask',
      'CreateNetworkFirewallClusterRefresh',
      'CreateNetworkFirewallPolicyDiscover',
      'CreateNetworkFirewallPublish',
      'CreateNetworkFirewallUndoPublish',
      'CreateRefreshTask',
      'DeleteNetworkFirewallPolicyDetail',
      'UpdateAndPublishNetworkFirewallPolicyDetail',
      'UpdateAndPublishNetworkFirewallPolicyYamlDetail',
      'UpdateNetworkFirewallPolicyDetail',
      'UpdateNetworkFirewallPolicyYamlDetail',
    ],
  },
  'tdai 2025-07-17': {
    noQuery: ['StartAgentTask'],
  },
  'tdmysql 2021-11-22': {
    unnamedQuery: ['ModifyDBParameters', 'ModifyInstanceDataReservedSpace'],
  },
  'teo 2022-01-06': {
    undocumentedValues: ['CreatePrefetchTask', 'CreatePurgeTask'],
  },
  'teo 2022-09-01': {
    noQuery: ['CreateLogAnalysisDownloadTask'],
    filter: ['CreatePrefetchTask', 'CreatePurgeTask'],
    lasting: ['CreateRealtimeLogDeliveryTask'],
  },
  'tione 2021-11-11': {
    undocumentedValues: ['StopModelAccelerateTask'],
  },
  'tiw 2019-09-19': {
    noFailureValue: [
      'CreatePPTCheckTask',
      'CreateSnapshotTask',
      'CreateTranscode',
      'CreateVideoGenerationTask',
    ],
    lasting: ['StartOnlineRecord', 'StartWhiteboardPush'],
  },
  'tke 2018-05-25': {
    noQuery: ['CreateClusterEndpointVip'],
  },
  'trro 2022-03-25': {
    several: ['CreateBatchVideoAnnotationJob', 'CreateVideoAnnotationJob'],
    lasting: ['CreateCloudRecording', 'StartPublishLiveStream'],
  },
  'trtc 2019-07-22': {
    existing: [
      'DeleteCloudModeration',
      'DeleteCloudRecording',
      'DeleteCloudSliceTask',
      'DeleteCloudTranscription',
      'DeleteLiveStreamModeration',
      'ModifyCloudModeration',
      'ModifyCloudRecording',
      'ModifyCloudSliceTask',
      'StopPublishCdnStream',
      'UpdatePublishCdnStream',
    ],
    lasting: [
      'CreateCloudModeration',
      'CreateCloudRecording',
      'CreateCloudSliceTask',
      'CreateCloudTranscription',
      'CreateLiveStreamModeration',
      'StartAIConversation',
      'StartAITranscription',
      'StartPublishCdnStream',
      'StartStreamIngest',
      'StartWebRecord',
    ],
    notTask: ['CreateAudioModerationSync'],
  },
  'tse 2020-12-07': {
    noQuery: ['RestartSREInstance'],
  },
  'vclm 2024-05-23': {
    noQuery: ['CreateAigcElement'],
  },
  'vod 2018-07-17': {
    noFailureValue: [
      'CloneVoiceAsync',
      'ComposeMedia',
      'CreateAigcAdvancedCustomElement',
      'CreateAigcAudioClone',
      'CreateAigcAudioTask',
      'CreateAigcCustomVoice',
      'CreateAigcImageTask',
      'CreateAigcSubject',
      'CreateAigcVideoRedrawTask',
      'CreateAigcVideoTask',
      'CreateComplexAdaptiveDynamicStreamingTask',
      'CreateSceneAigcImageTask',
      'CreateSceneAigcVideoTask',
      'DesignVoiceAsync',
      'EditMedia',
      'EnhanceMediaByTemplate',
      'EnhanceMediaQuality',
      'ExtractBlindWatermark',
      'ExtractCopyRightWatermark',
      'ExtractTraceWatermark',
      'ImportMediaKnowledge',
      'InspectMediaQuality',
      'LiveRealTimeClip',
      'ProcessImageAsync',
      'ProcessMedia',
      'ProcessMediaByMPS',
      'ProcessMediaByProcedure',
      'ProcessMediaByUrl',
      'PullUpload',
      'RebuildMedia',
      'RebuildMediaByTemplate',
      'RemoveWatermark',
      'ReviewAudioVideo',
      'SimpleHlsClip',
      'SplitMedia',
      'TextToSpeechAsync',
      'WeChatMiniProgramPublish',
    ],
  },
  'vpc 2017-03-12': {
    unnamedQuery: ['ModifyVpnGatewaySslClientCert'],
  },
  'vtc 2024-02-23': {
    ambiguousValues: ['ConfirmVideoTranslateJob', 'SubmitVideoTranslateJob'],
  },
  'wedata 2021-08-20': {
    noQuery: ['DryRunDIOfflineTask', 'SubmitTaskTestRun'],
    maybeNone: ['CreateHiveTableByDDL'],
    lasting: [
      'CreateIntegrationNode',
      'CreateIntegrationTask',
      'CreateOfflineTask',
      'ModifyIntegrationNode',
      'ModifyIntegrationTask',
    ],
  },
  'yunjing 2018-02-28': {
    noQuery: ['ExportAttackLogs', 'ExportNonlocalLoginPlaces'],
  },
}

/** Actions whose `RequestId` may be the id of a task, in services where that is so for other actions. */
export const leftOutWithoutId: LeftOut = {
  'alb 2025-10-30': {
    noTaskState: ['CreateLoadBalancer'],
  },
  'clb 2018-03-17': {
    noQuery: [
      'AddModelRewrite',
      'CreateBYOKNetwork',
      'MigrateClassicalLoadBalancers',
      'ModifyModelAliasAttributes',
      'ModifyModelRouterAttributes',
    ],
  },
  'cvm 2017-03-12': {
    noTaskState: ['ModifyChcNetworkMode', 'PurchaseResourcePoolPacks', 'RunInstances'],
  },
  'lighthouse 2020-03-24': {
    noTaskState: [
      'CreateMcpServer',
      'DetachDisks',
      'ModifyMcpServer',
      'RemoveMcpServers',
      'RestartMcpServers',
      'StartMcpServers',
      'StopMcpServers',
      'TerminateInstances',
    ],
    undocumentedValues: ['IsolateDisks', 'RenewDisks'],
  },
  'vpc 2017-03-12': {
    noQuery: ['DeleteDirectConnectGateway'],
    unnamedQuery: ['DeleteVpnConnection'],
  },
}

/** Actions of API 2.0 that tell a state, by host. */
export const leftOutOfV2: Readonly<Record<string, string>> = {
  'cns GetTaskResult': 'The parameter is not known.',
  'eip EipBmQueryTask': 'The page is of the host bmeip; the answer of the older host is not documented.',
  'redis DescribeTaskInfo': 'The answer is not documented.',
  'vpc QueryBmTaskResult':
    'At this host data has a word for each resource, such as {"tcpm-g5lyzbqd": "success"}, and no status; see bmvpc.',
}
